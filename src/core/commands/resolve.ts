import { fail, ok } from '../result.ts';
import { nearest } from '../text/nearest.ts';
import type { CommandCard, Result } from '../types.ts';

export type Resolved<C> = { readonly command: C; readonly words: readonly string[] };

/** Finds the command that the first words name; the longest name wins. */
export function resolveCommand<C extends CommandCard>(
  commands: readonly C[],
  words: readonly string[],
): Result<Resolved<C>> {
  for (let length = MAX_NAME_WORDS; length >= 1; length--) {
    const name = words.slice(0, length).join(' ').toLowerCase();
    const command = words.length < length ? undefined : findByName(commands, name);
    if (command && isMeant(commands, command, words.slice(length))) {
      return ok({ command, words: words.slice(length) });
    }
  }
  return unknown(commands, words);
}

/** `audit vrify` is a mistyped `audit verify`, not the alias `audit` with a word that it cannot take. */
function isMeant(commands: readonly CommandCard[], command: CommandCard, words: readonly string[]) {
  const [first] = words;
  const takesWords = Object.values(command.args).some(
    ({ kind }) => kind === 'positional' || kind === 'rest',
  );
  if (first === undefined || first.startsWith('-') || takesWords) return true;
  const [family] = command.name.split(' ');
  return !commands.some(({ name }) => name.startsWith(`${family} `));
}

export const MAX_NAME_WORDS = 2;

export const findByName = <C extends CommandCard>(commands: readonly C[], name: string) =>
  commands.find((command) => command.name === name || command.aliases.includes(name));

function unknown(commands: readonly CommandCard[], words: readonly string[]) {
  const first = words[0] ?? '';
  const members = commands.filter((command) => command.name.startsWith(`${first} `));
  if (members.length > 0) {
    const [, second] = words;
    const names = members.map((member) => member.name);
    const near = second === undefined ? undefined : nearest(`${first} ${second}`, names);
    return fail(
      'unknown-command',
      second === undefined ? `${first} wants a second word.` : `${first} knows no “${second}”.`,
      { hint: near ? `Did you mean ${near}?` : `There are ${names.join(', ')}.` },
    );
  }
  const names = commands.flatMap((command) => [command.name, ...command.aliases]);
  const near = nearest(words.slice(0, MAX_NAME_WORDS).join(' '), names) ?? nearest(first, names);
  return fail('unknown-command', `There is no command “${first}”.`, {
    hint: near ? `Did you mean ${near}?` : 'help lists all commands.',
  });
}
