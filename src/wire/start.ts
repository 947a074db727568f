import { homedir } from 'node:os';
import { findPlaces } from '../adapters/system/places.ts';
import { nothingToDo } from '../cli/headless.ts';
import { COMMANDS } from '../commands/index.ts';
import { readCommandLine } from '../core/commands/globals.ts';
import type { Start } from './beginning.ts';

/** Chooses the door: a terminal without a command line gets the prompt, all else runs headless. */
export async function start(given: { argv: readonly string[]; version: string }): Promise<void> {
  const { argv, version } = given;
  const read = readCommandLine(COMMANDS, argv);
  const line = read.ok ? read.value : { globals: { json: argv.includes('--json') }, words: [] };
  const cwd = typeof line.globals.cwd === 'string' ? line.globals.cwd : process.cwd();
  const { env, platform } = process;
  const places = findPlaces({ cwd, env, home: env.HOME || homedir(), platform });
  const begin: Start = { line, version, places, env };
  const { words, globals } = line;
  const hasTerminal = process.stdin.isTTY && process.stdout.isTTY;
  const wantsPrompt = words.length === 0 && !globals.help && !globals.version && !globals.json;
  if (read.ok && wantsPrompt && hasTerminal) {
    const { startInTerminal } = await import('./terminal.ts');
    return startInTerminal(begin);
  }
  const { startHeadless, refuse } = await import('./headless.ts');
  if (!read.ok) return refuse(begin, read);
  if (wantsPrompt || words.length === 0) return refuse(begin, nothingToDo());
  return startHeadless(begin);
}
