import { randomUUID } from 'node:crypto';
import { statSync } from 'node:fs';
import { createInput } from '../adapters/system/input.ts';
import { EXIT_CODES } from '../cli/exit-codes.ts';
import { runHeadless } from '../cli/headless.ts';
import { createJsonPrinter, createTextPrinter, type Printer } from '../cli/printer.ts';
import { COMMANDS } from '../commands/index.ts';
import { fail } from '../core/result.ts';
import type { CommandCard, Result } from '../core/types.ts';
import type { Settings } from '../ports.ts';
import { openSession } from '../runtime/session.ts';
import type { Start } from './beginning.ts';
import { openDeps } from './deps.ts';
import { coloringOf, surfaceOf } from './display.ts';
import { chooseSession } from './sessions.ts';
import { readSettings } from './settings.ts';

/** Runs the command line and ends the process with its exit code. */
export async function startHeadless(start: Start): Promise<void> {
  endQuietlyWhenNobodyReads();
  const { reader, settings, failure } = readSettings(start);
  const input = process.stdin.isTTY ? null : createInput(process.stdin);
  const deps = openDeps(start, reader, settings, { hasTerminal: false, input });
  process.exitCode = await runHeadless({
    commands: COMMANDS,
    line: start.line,
    print: (prints) => printerFor(start, settings, prints),
    open: (command, isRecorded, listener) => {
      if (failure && !MENDING.includes(command.family)) return { ok: false, error: failure };
      const isThere = !isRecorded || isFolder(start.places.workspace);
      if (!isThere) return fail('usage', `There is no folder ${start.places.workspace}.`);
      const chosen = chooseSession(start, deps, settings, 'headless', randomUUID);
      if (!chosen.ok) return chosen;
      return { ok: true, value: openSession(deps, { ...chosen.value, isRecorded, listener }) };
    },
    onInterrupt: (cancel) => {
      process.once('SIGINT', cancel);
      process.once('SIGTERM', cancel);
    },
  });
}

/** Families that run with a configuration that cannot be read, since they help to mend it. */
const MENDING: readonly CommandCard['family'][] = ['help', 'config'];

/** A command line that came to nothing. */
export function refuse(start: Start, failed: Result<never>): void {
  const { settings } = readSettings(start);
  printerFor(start, settings, 'document').end(failed);
  process.exitCode = failed.ok ? 0 : EXIT_CODES[failed.error.code];
}

const streams = {
  out: (text: string) => void process.stdout.write(text),
  err: (text: string) => void process.stderr.write(text),
};

function printerFor(start: Start, settings: Settings, prints: CommandCard['prints']): Printer {
  if (start.line.globals.json) return createJsonPrinter(streams, prints);
  const { stdout } = process;
  return createTextPrinter(
    streams,
    surfaceOf(stdout, settings),
    coloringOf(start.env, stdout, settings),
  );
}

const isFolder = (path: string) =>
  statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

/** `tinycode audit export | head` is no failure. */
function endQuietlyWhenNobodyReads(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
}
