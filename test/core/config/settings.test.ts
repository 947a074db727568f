import { describe, expect, it } from 'vitest';
import { GLOBALS } from '../../../src/core/commands/globals.ts';
import { ALL_SETTINGS, findSetting } from '../../../src/core/config/settings.ts';
import { checkValue } from '../../../src/core/config/values.ts';

describe('the table of settings', () => {
  it('has one entry for each key and variable', () => {
    for (const column of ['key', 'env'] as const) {
      const values = ALL_SETTINGS.map((spec) => spec[column]);
      expect(new Set(values).size).toBe(values.length);
    }
  });

  it('names only options that the command line has', () => {
    const options = ALL_SETTINGS.flatMap((spec) => (spec.flag ? [spec.flag.option] : []));
    expect(Object.keys(GLOBALS)).toEqual(expect.arrayContaining(options));
  });

  it.each(ALL_SETTINGS)('has a default for $key that the setting accepts', (spec) => {
    expect(checkValue(spec, spec.default)).toEqual({ ok: true, value: spec.default });
  });

  it.each(ALL_SETTINGS)('orders all choices of $key where it orders any', (spec) => {
    if (!spec.tightening) return;
    expect(spec.type === 'choice' && [...spec.choices].sort()).toEqual([...spec.tightening].sort());
  });

  it('names the nearest key for an unknown one', () => {
    expect(findSetting('ollama.hots')).toMatchObject({
      ok: false,
      error: { code: 'not-found', hint: 'Did you mean ollama.host?' },
    });
  });

  it('lists all keys where none is near', () => {
    const found = findSetting('zebra');
    expect(!found.ok && found.error.hint).toContain('mode, level, ollama.host');
  });
});
