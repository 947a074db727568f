import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readSentence } from '../../../src/core/planner/read-sentence.ts';
import { SENTENCES } from '../../../src/core/planner/sentences.ts';
import { TEMPLATES } from '../../../src/core/planner/templates.ts';

const text = readFileSync('docs/plans-in-plain-words.md', 'utf8');
const refused = (/```refused\n([^`]*)```/.exec(text)?.[1] ?? '').trim().split('\n');
const understood = text.split('\n').flatMap((line) => /^ {4}(\S.*)$/.exec(line)?.[1] ?? []);
const read = understood.flatMap((sentence) => {
  const result = readSentence(sentence);
  return result.ok ? result.value.map(({ request }) => request) : [];
});

describe('the page about plans in plain words', () => {
  it('has examples', () => {
    expect(understood.length).toBeGreaterThan(50);
    expect(refused.length).toBeGreaterThan(8);
  });

  it.each(understood)('shows a sentence that is understood: %s', (sentence) => {
    expect(readSentence(sentence)).toMatchObject({ ok: true });
  });

  it.each(refused)('shows a sentence that is refused: %s', (sentence) => {
    expect(readSentence(sentence)).toMatchObject({ ok: false, error: { code: 'usage' } });
  });

  it('shows every kind of request', () => {
    const kinds = SENTENCES.flatMap(({ example }) => {
      const result = readSentence(example);
      return result.ok ? result.value.map(({ request }) => request.kind) : [];
    });
    expect(new Set(read.map(({ kind }) => kind))).toEqual(new Set(kinds));
    expect(kinds).toHaveLength(SENTENCES.length);
  });

  it('shows every template', () => {
    const shown = read.flatMap((request) =>
      request.kind === 'create-from-template' ? [request.template] : [],
    );
    expect(new Set(shown)).toEqual(new Set(TEMPLATES.map(({ id }) => id)));
  });
});
