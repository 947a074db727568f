import { describe, expect, it } from 'vitest';
import { defineCommand } from '../../../src/commands/command.ts';
import { parseArgs } from '../../../src/core/commands/parse-args.ts';
import { ok } from '../../../src/core/result.ts';

const show = defineCommand({
  name: 'audit show',
  family: 'audit',
  summary: 'Shows records',
  examples: [],
  kind: 'look',
  args: {
    what: { kind: 'positional', type: 'choice', choices: ['all', 'bad'], summary: '' },
    last: { kind: 'option', type: 'integer', min: 1, max: 9, summary: '' },
    keepFrom: { kind: 'option', type: 'text', summary: '' },
    k: { kind: 'option', type: 'integer', summary: '' },
    full: { kind: 'flag', type: 'text', summary: '' },
  },
  run: async () => ok({ kind: 'looked', data: null }),
});

const check = defineCommand({
  name: 'policy check',
  family: 'policy',
  summary: '',
  examples: [],
  kind: 'look',
  args: {
    home: { kind: 'option', type: 'text', summary: '' },
    command: { kind: 'rest', type: 'text', isVerbatim: true, isRequired: true, summary: '' },
  },
  run: async () => ok({ kind: 'looked', data: null }),
});

describe('parsing arguments', () => {
  it('takes positionals, options with a blank or an equals sign, and flags', () => {
    const parsed = parseArgs(show, ['all', '--last=3', '--keep-from', 'x', '--full', '-k', '4']);
    expect(parsed).toEqual({
      ok: true,
      value: { what: 'all', last: 3, keepFrom: 'x', full: true, k: 4 },
    });
  });

  it('leaves all words behind a verbatim command alone', () => {
    const parsed = parseArgs(check, ['--home', '/h', 'rm', '-rf', '--home', 'x']);
    expect(parsed).toMatchObject({
      ok: true,
      value: { home: '/h', command: ['rm', '-rf', '--home', 'x'] },
    });
  });

  it.each([
    [['sideways'], 'one of all, bad'],
    [['all', 'more'], 'one word too many'],
    [['--last'], 'wants a value'],
    [['--last', 'x'], 'whole number'],
    [['--last', '0'], '1 or more'],
    [['--last', '10'], '9 or less'],
    [['--full=1'], 'takes no value'],
  ])('refuses %j and says why', (words, message) => {
    expect(parseArgs(show, words)).toMatchObject({
      ok: false,
      error: {
        code: 'usage',
        message: expect.stringContaining(message),
        hint: expect.stringContaining('Usage: audit show [all|bad]'),
      },
    });
  });

  it('names the option that was probably meant', () => {
    const parsed = parseArgs(show, ['--lats', '3']);
    expect(parsed).toMatchObject({ error: { hint: expect.stringContaining('mean --last?') } });
  });

  it('says what is missing', () => {
    expect(parseArgs(check, [])).toMatchObject({
      error: { message: expect.stringContaining('COMMAND is missing') },
    });
  });
});
