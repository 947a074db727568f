import { MODES } from '../../core/types.ts';

/** What a command may do in chat is always the same, so a check judges for execute. */
export const MODE_ARG = {
  kind: 'option',
  type: 'choice',
  choices: MODES,
  valueName: 'MODE',
  summary: 'Judges for this mode instead of execute',
} as const;

/** One word is a whole command line; several are words that a shell already took apart. */
export const commandText = (words: readonly string[]): string =>
  words.length === 1 ? (words[0] as string) : words.map(quote).join(' ');

const PLAIN = /^[\w@%+=:,./~*?|&;<>()$-]+$/;

const quote = (word: string): string =>
  PLAIN.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
