import { describe, expect, it } from 'vitest';
import { findSetting } from '../../../src/core/config/settings.ts';
import { checkValue, parseValue } from '../../../src/core/config/values.ts';
import type { Json } from '../../../src/core/types.ts';

const spec = (key: string) => {
  const found = findSetting(key);
  if (!found.ok) throw new Error(found.error.message);
  return found.value;
};

describe('checkValue', () => {
  it.each<[string, Json]>([
    ['level', 'lax'],
    ['level', true],
    ['level', ['strict']],
    ['ui.ascii', 'true'],
    ['ui.ascii', 1],
    ['model', 'two words'],
    ['model', 'x'.repeat(1001)],
    ['editor', 'vi\u0000'],
    ['editor', 'vi\nrm'],
    ['editor', ' '],
    ['ollama.host', ''],
    ['ollama.host', 'http://user:secret@host'],
    ['mode', null],
  ])('refuses for %s the value %j', (key, value) => {
    const checked = checkValue(spec(key), value);
    expect(checked).toMatchObject({ ok: false, error: { code: 'invalid' } });
    expect(!checked.ok && checked.error.hint).toMatch(/^It is /);
  });

  it('names the choices of a setting that has some', () => {
    const checked = checkValue(spec('level'), 'lax');
    expect(!checked.ok && checked.error.hint).toBe(
      'It is one of permissive, standard, strict, paranoid.',
    );
  });

  it('quotes only the beginning of a long value', () => {
    const checked = checkValue(spec('mode'), 'x'.repeat(5000));
    expect(!checked.ok && checked.error.message.length).toBeLessThan(200);
  });
});

describe('parseValue', () => {
  it.each<[string, string, Json]>([
    ['ui.ascii', 'Yes', true],
    ['ui.ascii', '0', false],
    ['level', 'strict', 'strict'],
    ['editor', 'code --wait', 'code --wait'],
    ['model', '', ''],
  ])('reads for %s the word %j', (key, text, value) => {
    expect(parseValue(spec(key), text)).toEqual({ ok: true, value });
  });

  it('refuses a word that is neither true nor false', () => {
    expect(parseValue(spec('ui.ascii'), 'perhaps')).toMatchObject({ ok: false });
  });
});
