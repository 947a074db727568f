import { findByName } from '../commands/resolve.ts';
import { quoteWord } from '../commands/words.ts';
import { fail, ok } from '../result.ts';
import type { CommandCard, Door, Mode, Result } from '../types.ts';

/**
 * What a line asks for, as a command line. In a terminal a command begins with a slash and
 * anything else is plain words, which chat answers and the other modes plan for.
 */
export function readLine(
  line: string,
  door: Door,
  mode: Mode,
  commands: readonly CommandCard[],
): Result<string> {
  if (door !== 'terminal') return ok(line);
  const text = line.trim();
  if (text.startsWith('/')) return ok(text.slice(1));
  const listener = mode === 'chat' ? 'ask' : 'plan';
  if (findByName(commands, listener)) return ok(`${listener} -- ${quoteWord(text)}`);
  const meant = commands.find(({ name, aliases }) => [name, ...aliases].includes(text));
  return fail('unavailable', 'Mode chat does not answer plain words yet; commands work.', {
    hint: meant
      ? `Did you mean /${meant.name}?`
      : 'A change is planned in mode propose: /mode propose. A command begins with a slash; /help lists them.',
  });
}
