import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../../src/commands/index.ts';
import { readCommandLine } from '../../../src/core/commands/globals.ts';

const read = (line: string) => readCommandLine(COMMANDS, line.split(' '));

describe('reading a command line', () => {
  it('takes global options from wherever they stand', () => {
    for (const line of [
      '--json --mode execute audit show --last 3',
      'audit show --json --last 3 --mode=execute',
    ]) {
      expect(read(line)).toMatchObject({
        ok: true,
        value: {
          globals: { json: true, mode: 'execute' },
          words: ['audit', 'show', '--last', '3'],
        },
      });
    }
  });

  it('leaves the words of a shell command to it', () => {
    expect(read('policy check --json npm test --json --mode x')).toMatchObject({
      value: {
        globals: { json: true },
        words: ['policy', 'check', 'npm', 'test', '--json', '--mode', 'x'],
      },
    });
    expect(readCommandLine(COMMANDS, ['policy', 'check', 'rm -rf x', '--json'])).toMatchObject({
      value: { globals: { json: true }, words: ['policy', 'check', 'rm -rf x'] },
    });
    expect(read('policy check -- --json')).toMatchObject({
      value: { globals: { json: false }, words: ['policy', 'check', '--', '--json'] },
    });
  });

  it('does not take the value of an option for an option', () => {
    expect(read('audit show --contains --json')).toMatchObject({
      value: { globals: { json: false }, words: ['audit', 'show', '--contains', '--json'] },
    });
  });

  it('is empty where nothing was said', () => {
    expect(readCommandLine(COMMANDS, [])).toMatchObject({ value: { words: [] } });
    expect(read('--continue')).toMatchObject({ value: { globals: { continue: true }, words: [] } });
  });

  it('refuses a wrong value', () => {
    expect(read('help --level loose')).toMatchObject({ ok: false, error: { code: 'usage' } });
    expect(read('help --cwd')).toMatchObject({ ok: false, error: { code: 'usage' } });
  });
});
