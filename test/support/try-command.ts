import type { Command, CommandContext } from '../../src/commands/command.ts';
import { parseArgs } from '../../src/core/commands/parse-args.ts';
import { fail } from '../../src/core/result.ts';
import type { Block, Outcome, Result } from '../../src/core/types.ts';
import type { Readers } from '../../src/ports.ts';

/** Runs a command with the readers that it may use, and gives back what it came to and showed. */
export async function tryCommand(
  command: Command,
  words: readonly string[],
  readers: Partial<Readers>,
): Promise<{ readonly result: Result<Outcome>; readonly blocks: readonly Block[] }> {
  const blocks: Block[] = [];
  const args = parseArgs(command, words);
  if (!args.ok) return { result: args, blocks };
  const context: CommandContext = {
    situation: { workspace: '/shop', home: '/home/ann', mode: 'chat', level: 'standard' },
    session: 'test',
    user: 'ann',
    now: () => new Date(0),
    newId: () => 'p1',
    model: { kind: 'unknown' },
    turns: [],
    talking: () => {},
    talked: () => {},
    look: async () => fail('denied', 'No look here.'),
    ask: async () => null,
    door: 'headless',
    version: '0.0.0',
    readers: readers as Readers,
    capabilities: () => [],
    queues: [{ name: 'waiting lines', held: 1, most: 20 }],
    show: (block) => blocks.push(block),
    progress: () => {},
    line: null,
    input: null,
    signal: new AbortController().signal,
  };
  return { result: await command.run(args.value, context), blocks };
}
