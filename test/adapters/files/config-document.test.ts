import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../../src/adapters/files/config-document.ts';
import { cpuMsOf } from '../../support/cpu-time.ts';
import { fc } from '../../support/fc.ts';

const values = (text: string) => {
  const parsed = parseConfig(text, 'c.yaml');
  if (!parsed.ok) throw new Error(parsed.error.message);
  return Object.fromEntries([...parsed.value.values].map(([key, { value }]) => [key, value]));
};
const problem = (text: string) => {
  const parsed = parseConfig(text, 'c.yaml');
  return parsed.ok ? null : parsed.error;
};

describe('parseConfig', () => {
  it('reads nested keys into dotted ones', () => {
    expect(values('level: strict\nui:\n  ascii: true\nollama: { host: "box:1" }\n')).toEqual({
      level: 'strict',
      'ui.ascii': true,
      'ollama.host': 'box:1',
    });
  });

  it.each(['', '# nothing yet\n', 'ui:\n', '\uFEFF# marked\n'])('finds nothing in %j', (text) => {
    expect(values(text)).toEqual({});
  });

  it.each([
    ['levle: strict', 'c.yaml:1:1: There is no setting "levle".', 'Did you mean level?'],
    [
      '# x\nui:\n  asci: true',
      'c.yaml:3:3: There is no setting "ui.asci".',
      'Did you mean ui.ascii?',
    ],
    [
      'ollama.host: x',
      'c.yaml:1:1: ollama.host is written in two lines.',
      'Write ollama:, and indented below it host:',
    ],
    [
      'level: lax',
      'c.yaml:1:8: level cannot be "lax".',
      'It is one of permissive, standard, strict, paranoid.',
    ],
    ['level:', 'c.yaml:1:7: level cannot be null.', expect.any(String)],
    ['ui: 5', 'c.yaml:1:5: ui is a group of settings.', expect.stringContaining('ui.color')],
    ['mode: chat\nmode: chat', 'c.yaml:2:1: mode is set twice.', 'Remove one of them.'],
    ['- mode', 'c.yaml:1:1: A config file holds settings, as key: value.', undefined],
    [
      'model: &a x\neditor: *a',
      'c.yaml:1:11: Anchors and aliases are not allowed here.',
      'Write the value out.',
    ],
    ['{[1]: 2}', 'c.yaml:1:2: A key is a plain word.', undefined],
    [
      '%YAML 1.1\n---\nui: {ascii: true}',
      'c.yaml:1:1: Only YAML 1.2 is understood.',
      'Remove the %YAML line.',
    ],
    ['__proto__: 1', 'c.yaml:1:1: There is no setting "__proto__".', expect.any(String)],
    ['<<: {mode: chat}', 'c.yaml:1:1: There is no setting "<<".', expect.any(String)],
  ])('says where and what in %j', (text, message, hint) => {
    expect(problem(text)).toMatchObject({ code: 'invalid', message });
    expect(problem(text)?.hint).toEqual(hint);
  });

  it.each(['mode: "chat', 'a: b: c', 'mode: chat\n---\nmode: chat', 'mode: !run chat'])(
    'says where %j stops to be YAML',
    (text) => {
      expect(problem(text)?.message).toMatch(/^c\.yaml:\d+:\d+: This is not YAML: /);
    },
  );

  it('refuses a bomb of aliases at once', () => {
    const bomb = ['a: &a [x, x]', ...'bcdefghij'.split('').map(bombLine)].join('\n');
    expect(problem(bomb)?.message).toContain('Anchors');
  });

  it('ends on any text, with values or with a place', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), yamlish), (text) => {
        const found = problem(text);
        if (found) expect(found.message).toMatch(/^c\.yaml:\d+:\d+: /);
      }),
      { numRuns: 500 },
    );
  });

  it('ends soon on text that is nested or repeated as far as a file may be long', () => {
    for (const piece of ['[', '{a: ', '- ', '? ', '&a ', ': ', '"', '#\n', '---\n']) {
      const text = piece.repeat(Math.floor((256 * 1024) / piece.length));
      expect(
        cpuMsOf(() => void problem(text)),
        piece,
      ).toBeLessThan(5_000);
    }
  });
});

const bombLine = (name: string) => {
  const above = String.fromCharCode(name.charCodeAt(0) - 1);
  return `${name}: &${name} [*${above}, *${above}]`;
};
const yamlish = fc
  .array(
    fc.constantFrom(
      'mode',
      ': ',
      '\n',
      '  ',
      'ui',
      '- ',
      '&a ',
      '*a',
      '"',
      "'",
      '{',
      '}',
      '[',
      '#',
    ),
  )
  .map((pieces) => pieces.join(''));
