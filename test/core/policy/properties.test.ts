import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseShell } from '../../../src/adapters/shell/parse.ts';
import type { Rule } from '../../../src/core/policy/rules/rule.ts';
import { cpuMsOf } from '../../support/cpu-time.ts';
import { fc } from '../../support/fc.ts';
import { judgeWith, policyData, RANK } from '../../support/policy.ts';

const commands: string[] = (
  JSON.parse(readFileSync('test/fixtures/commands/corpus.json', 'utf8')) as { command: string }[]
).map(({ command }) => command);
const oneLine = commands.filter(
  (command) => !/[\n#\\]|<<|&$/.test(command) && parseShell(command).ok,
);
const judge = judgeWith();
const rank = (command: string): number => RANK[judge(command).verdict];
const RUNS = { numRuns: 200 };

describe('the verdict over a whole', () => {
  it('is at least as strict as over each command of a sequence', () => {
    const pair = fc.tuple(fc.constantFrom(...oneLine), fc.constantFrom(...oneLine));
    fc.assert(
      fc.property(pair, ([a, b]) => {
        // What the first leaves behind (a folder, a variable, an exit) is the second's world, so
        // only the first has to count fully there.
        expect(rank(`${a}; ${b}`)).toBeGreaterThanOrEqual(rank(a));
        const both = rank(`( ${a} ); ( ${b} )`);
        expect(both).toBeGreaterThanOrEqual(Math.max(rank(a), rank(b)));
      }),
      RUNS,
    );
  });

  it('is not loosened by wrapping the command', () => {
    const wrap = fc.constantFrom<(text: string) => string>(
      (text) => `( ${text} )`,
      (text) => `{ ${text}; }`,
      (text) => `if ${text}; then :; fi`,
      (text) => `while ${text}; do break; done`,
      (text) => `! ${text}`,
      (text) => `true && ${text}`,
      (text) => `echo "$( ${text} )"`,
      (text) => `f() { ${text}; }; f`,
    );
    fc.assert(
      fc.property(fc.constantFrom(...oneLine), wrap, (command, wrapped) => {
        expect(rank(wrapped(command)), wrapped(command)).toBeGreaterThanOrEqual(rank(command));
      }),
      RUNS,
    );
  });

  it('is not loosened by handing the command to another shell', () => {
    const simple = oneLine.filter((command) => !/['"$`]/.test(command));
    const wrap = fc.constantFrom<(text: string) => string>(
      (text) => `sh -c '${text}'`,
      (text) => `bash -ec '${text}'`,
      (text) => `eval '${text}'`,
      (text) => `env sh -c '${text}'`,
      (text) => `nice -n 5 sh -c '${text}'`,
      (text) => `sh <<'END'\n${text}\nEND`,
    );
    fc.assert(
      fc.property(fc.constantFrom(...simple), wrap, (command, wrapped) => {
        expect(rank(wrapped(command)), wrapped(command)).toBeGreaterThanOrEqual(rank(command));
      }),
      RUNS,
    );
  });

  it('does not depend on how a denied program is quoted', () => {
    const denied = [
      ['rm', '-rf', '/'],
      ['chmod', '4755', 'x'],
      ['cat', '/etc/shadow'],
      ['sudo', 'ls'],
    ];
    const quote = fc.constantFrom<(word: string) => string>(
      (word) => word,
      (word) => `'${word}'`,
      (word) => `"${word}"`,
      (word) => `\\${word}`,
      (word) => `${word.slice(0, 1)}''${word.slice(1)}`,
      (word) => `$'${word.replace(/./gu, (c) => `\\x${c.charCodeAt(0).toString(16)}`)}'`,
    );
    const words = fc.constantFrom(...denied);
    fc.assert(
      fc.property(words, fc.array(quote, { minLength: 3, maxLength: 3 }), (command, quotes) => {
        const text = command.map((word, i) => (quotes[i] ?? String)(word)).join(' ');
        expect(judge(text).verdict, text).toBe('deny');
      }),
      RUNS,
    );
  });
});

describe('adding a rule that denies', () => {
  const data = policyData();
  const condition = fc.oneof(
    fc.record({ program: fc.constantFrom(['ls'], ['git push'], ['rm'], ['cat']) }),
    fc.record({ path: fc.constantFrom(['/**'], ['{workspace}/src/**'], ['{home}/**']) }),
    fc.record({ trait: fc.constantFrom(['background'], ['runs-script'], ['unknown-program']) }),
    fc.record({ group: fc.constantFrom(['look'], ['build'], ['fetch']) }),
  );

  it('never loosens any decision', () => {
    fc.assert(
      fc.property(condition, fc.constantFrom(...commands), (when, command) => {
        const rule: Rule = {
          id: 'mine/extra',
          file: 'mine.yaml',
          verdict: 'deny',
          reason: 'Extra',
          when,
          examples: { match: [], not: [] },
        };
        const stricter = judgeWith({ ...data, rules: [...data.rules, rule] });
        expect(RANK[stricter(command).verdict]).toBeGreaterThanOrEqual(rank(command));
      }),
      RUNS,
    );
  });
});

describe('garbage', () => {
  const piece = fc.constantFrom(
    ...[
      '$(',
      ')',
      '`',
      '"',
      "'",
      '{',
      '}',
      '|',
      '&',
      ';',
      '<<',
      '<',
      '>',
      '\\',
      '\n',
      '$',
      '${',
      '[[',
    ],
    ...[
      'rm',
      'ls',
      'x=',
      'if',
      'then',
      'fi',
      '~',
      '*',
      '../',
      '/',
      'for',
      'in',
      'do',
      'case',
      '!',
      '#',
    ],
  );
  const garbage = fc.oneof(
    fc.string({ maxLength: 200 }),
    fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join('')),
    fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(' ')),
  );

  it('is never thrown at, and never allowed unless it parses', () => {
    fc.assert(
      fc.property(garbage, (text) => {
        const { verdict } = judge(text);
        if (!parseShell(text).ok) expect(verdict).not.toBe('allow');
      }),
      { numRuns: 1_000 },
    );
  });

  it('ends soon, however deep or long it is', () => {
    const texts = [
      '('.repeat(5_000),
      '$('.repeat(5_000),
      `${'if a; then '.repeat(2_000)}`,
      `echo ${'{a,b}'.repeat(40)}`,
      `echo ${'a '.repeat(15_000)}`,
      `${'a=$a$a; '.repeat(2_000)}$a`,
      `for a in ${'x '.repeat(500)}; do for b in ${'y '.repeat(500)}; do $a$b; done; done`,
      `${'f() { f; }; '.repeat(500)}f`,
      `${'sh -c '.repeat(1_000)}x`,
      `sed ${"'s/a/b/'".repeat(1_000)}`,
      `rm ${'*'.repeat(2_000)}/${'*'.repeat(2_000)}`,
    ];
    for (const text of texts) {
      expect(
        cpuMsOf(() => void judge(text)),
        text.slice(0, 40),
      ).toBeLessThan(3_000);
    }
  });
});
