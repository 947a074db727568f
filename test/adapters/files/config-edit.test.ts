import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../../src/adapters/files/config-document.ts';
import { setInText, unsetInText } from '../../../src/adapters/files/config-edit.ts';
import { fc } from '../../support/fc.ts';

const must = <T>(result: { ok: true; value: T } | { ok: false; error: { message: string } }): T => {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
};
const TEXT = `# My settings

# how strict
level: strict # never looser
ui:
  # plain letters
  ascii: true # old terminal
  color: never

# last words
`;

describe('setInText', () => {
  it('changes one value and nothing else', () => {
    expect(must(setInText(TEXT, 'c', 'level', 'paranoid'))).toBe(
      TEXT.replace('level: strict', 'level: paranoid'),
    );
    expect(must(setInText(TEXT, 'c', 'ui.ascii', false))).toBe(
      TEXT.replace('ascii: true', 'ascii: false'),
    );
  });

  it('adds a value to a group that is there', () => {
    expect(must(setInText(TEXT, 'c', 'ui.screenReader', true))).toContain(
      '  color: never\n  screenReader: true\n',
    );
  });

  it('adds a group below the comments of a file without settings', () => {
    expect(must(setInText('# only words\n', 'c', 'ollama.host', 'box:1'))).toBe(
      '# only words\n\nollama:\n  host: box:1\n',
    );
    expect(must(setInText('ui:\n', 'c', 'ui.ascii', true))).toBe('ui:\n  ascii: true\n');
    expect(must(setInText('', 'c', 'mode', 'chat'))).toBe('mode: chat\n');
  });

  it('quotes a text that would read as something else', () => {
    const text = must(setInText('', 'c', 'model', 'true'));
    expect(must(parseConfig(text, 'c')).values.get('model')?.value).toBe('true');
  });

  it('keeps the line ends of the file', () => {
    expect(must(setInText('# a\r\nlevel: strict\r\n', 'c', 'level', 'standard'))).toBe(
      '# a\r\nlevel: standard\r\n',
    );
  });

  it('leaves a file alone that it does not understand', () => {
    expect(setInText('levle: strict', 'c', 'level', 'strict')).toMatchObject({
      ok: false,
      error: { code: 'invalid' },
    });
  });
});

describe('unsetInText', () => {
  it('removes one value', () => {
    expect(must(unsetInText('mode: chat\nlevel: strict\n', 'c', 'mode'))).toBe('level: strict\n');
  });

  it('keeps the comments of what it removes', () => {
    const text = must(unsetInText(TEXT, 'c', 'level'));
    expect(text).not.toContain('level:');
    for (const words of ['My settings', 'how strict', 'never looser', 'plain letters']) {
      expect(text).toContain(`# ${words}`);
    }
  });

  it('removes a group with its last value', () => {
    expect(must(unsetInText('mode: chat\nui:\n  ascii: true\n', 'c', 'ui.ascii'))).toBe(
      'mode: chat\n',
    );
  });

  it('leaves only the comments where nothing else is left', () => {
    expect(must(unsetInText('# top\n\nmode: chat # why\n', 'c', 'mode'))).toBe('# top\n# why\n');
    expect(must(unsetInText('mode: chat\n', 'c', 'mode'))).toBe('');
  });

  it('leaves a file without the value as it is', () => {
    expect(must(unsetInText(TEXT, 'c', 'mode'))).toBe(TEXT);
  });
});

describe('a row of edits', () => {
  const key = fc.constantFrom('mode', 'level', 'ui.color', 'ui.ascii', 'ollama.host', 'editor');
  const VALUES: Record<string, readonly (string | boolean)[]> = {
    mode: ['chat', 'execute'],
    level: ['strict', 'paranoid'],
    'ui.color': ['never', 'auto'],
    'ui.ascii': [true, false],
    'ollama.host': ['box:1', '[::1]:5'],
    editor: ['vi', 'code --wait # x', '"quoted"', "it's: {odd}"],
  };
  const anyEdit = fc.record({ key, pick: fc.nat(3), isSet: fc.boolean() });

  it('never loses a comment, and the file says what was set last', () => {
    fc.assert(
      fc.property(fc.array(anyEdit, { maxLength: 12 }), (edits) => {
        let text = TEXT;
        const model = new Map<string, unknown>([
          ['level', 'strict'],
          ['ui.ascii', true],
          ['ui.color', 'never'],
        ]);
        for (const { key, pick, isSet } of edits) {
          const choices = VALUES[key] ?? [];
          const value = choices[pick % choices.length] ?? '';
          text = must(isSet ? setInText(text, 'c', key, value) : unsetInText(text, 'c', key));
          if (isSet) model.set(key, value);
          else model.delete(key);
        }
        const read = [...must(parseConfig(text, 'c')).values].map(([k, v]) => [k, v.value]);
        expect(Object.fromEntries(read)).toEqual(Object.fromEntries(model));
        for (const words of TEXT.match(/# .*/g) ?? []) expect(text).toContain(words);
      }),
    );
  });
});
