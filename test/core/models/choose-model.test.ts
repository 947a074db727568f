import { describe, expect, it } from 'vitest';
import { chooseModel } from '../../../src/core/models/choose-model.ts';
import type { ModelCard } from '../../../src/core/types.ts';

const card = (name: string, more: Partial<ModelCard> = {}): ModelCard => ({
  name,
  digest: name,
  host: '127.0.0.1:11434',
  sizeBytes: 1,
  family: 'llama',
  parameters: '3B',
  quantization: 'Q4',
  isRemote: false,
  maxContextTokens: 8192,
  abilities: ['completion'],
  loaded: null,
  ...more,
});

describe('the model that is asked', () => {
  it('is the configured one, whose tag may be left out', () => {
    const cards = [card('a:latest'), card('b:latest')];
    expect(chooseModel(cards, 'b')).toMatchObject({ value: { name: 'b:latest' } });
    expect(chooseModel(cards, 'c:1b')).toMatchObject({
      error: { code: 'model', hint: 'ollama pull c:1b', data: { trouble: 'no-model' } },
    });
  });

  it('is else the first that can talk, on this machine', () => {
    const vectors = card('v', { abilities: ['embedding'] });
    const remote = card('r', { isRemote: true });
    const others = [vectors, remote, card('big:480b-cloud'), card('a'), card('b')];
    expect(chooseModel(others, '')).toMatchObject({ value: { name: 'a' } });
    expect(chooseModel([vectors, remote], '')).toMatchObject({ error: { code: 'model' } });
  });
});
