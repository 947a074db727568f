import type { CommandLine } from '../core/commands/globals.ts';
import { resolveCommand } from '../core/commands/resolve.ts';
import { quoteWord } from '../core/commands/words.ts';
import { fail } from '../core/result.ts';
import type { CommandCard, Outcome, Result } from '../core/types.ts';
import type { Listener } from '../runtime/run-command.ts';
import type { Session } from '../runtime/session-type.ts';
import { EXIT_CODES } from './exit-codes.ts';
import type { Printer } from './printer.ts';

export type HeadlessOptions = {
  readonly commands: readonly CommandCard[];
  readonly line: CommandLine;
  readonly print: (prints: CommandCard['prints']) => Printer;
  /** Opens the session that the command runs in; a look alone is not recorded. */
  readonly open: (command: CommandCard, isRecorded: boolean, listener: Listener) => Result<Session>;
  readonly onInterrupt: (cancel: () => void) => void;
};

/** Runs one command line and says with which code the process ends. */
export async function runHeadless(options: HeadlessOptions): Promise<number> {
  const words = wordsOf(options.line);
  const found = resolveCommand(options.commands, words);
  const command = found.ok ? found.value.command : null;
  const printer = options.print(command?.prints ?? 'document');
  const result = found.ok ? await run(options, words, found.value.command, printer) : found;
  printer.end(result);
  return exitCodeOf(result);
}

async function run(
  { line, open, onInterrupt }: HeadlessOptions,
  words: readonly string[],
  command: CommandCard,
  printer: Printer,
): Promise<Result<Outcome>> {
  const { continue: isContinued, resume } = line.globals;
  const isRecorded = command.kind !== 'look' || isContinued === true || resume !== undefined;
  const opened = open(command, isRecorded, printer);
  if (!opened.ok) return opened;
  const session = opened.value;
  onInterrupt(() => session.send({ kind: 'cancel.asked' }));
  const result = await session.enter(words.map(quoteWord).join(' '));
  await session.close();
  return result;
}

function wordsOf({ globals, words }: CommandLine): readonly string[] {
  if (globals.version) return ['version'];
  return globals.help
    ? ['help', ...words.slice(0, 2).filter((word) => /^[a-z]/.test(word))]
    : words;
}

function exitCodeOf(result: Result<Outcome>): number {
  if (!result.ok) return EXIT_CODES[result.error.code];
  return result.value.kind === 'looked' ? (result.value.exitCode ?? 0) : 0;
}

export const nothingToDo = () =>
  fail('usage', 'There is no command, and no terminal to ask in.', {
    hint: 'tinycode help lists the commands.',
  });
