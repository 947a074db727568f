import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/commands/index.ts';
import { GLOBALS, readCommandLine } from '../../src/core/commands/globals.ts';
import { parseArgs } from '../../src/core/commands/parse-args.ts';
import { resolveCommand } from '../../src/core/commands/resolve.ts';
import { splitWords } from '../../src/core/commands/words.ts';

describe('the registry', () => {
  it('gives every command names of its own', () => {
    const names = COMMANDS.flatMap(({ name, aliases }) => [name, ...aliases]);
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(COMMANDS.map((command) => [command.name, command] as const))(
    'gives %s a card that is whole, with examples that parse',
    (_name, command) => {
      expect(command.summary).toMatch(/^[A-Z].*[^.]$/);
      expect(command.examples.length).toBeGreaterThan(0);
      expect(command.limits.timeoutMs).toBeGreaterThan(0);
      for (const example of command.examples) {
        const words = splitWords(example.replace(/ [<>] .*/, ''));
        if (!words.ok) throw new Error(example);
        const line = readCommandLine(COMMANDS, words.value);
        if (!line.ok) throw new Error(`${example}: ${line.error.message}`);
        const found = resolveCommand(COMMANDS, line.value.words);
        expect(found).toMatchObject({ ok: true, value: { command: { name: command.name } } });
        if (!found.ok) continue;
        expect(parseArgs(command, found.value.words), example).toMatchObject({ ok: true });
      }
    },
  );

  it('lets no command take a name for an option that all commands have', () => {
    const clashes = COMMANDS.flatMap(({ name, args }) =>
      Object.keys(args)
        .filter(
          (arg) => arg in GLOBALS && args[arg]?.kind !== 'positional' && args[arg]?.kind !== 'rest',
        )
        .map((arg) => `${name} ${arg}`),
    );
    expect(clashes).toEqual([]);
  });

  it('says nothing of what is dangerous to lookers: a look has no risk', () => {
    expect(COMMANDS.filter(({ kind, risk }) => kind === 'look' && risk !== 'none')).toEqual([]);
  });
});
