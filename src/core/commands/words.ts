import { fail, ok } from '../result.ts';
import type { Result } from '../types.ts';

/**
 * Splits a line as a person types it: blanks separate, single and double quotes keep together, a
 * backslash keeps the next character (inside single quotes nothing is special). No expansions.
 */
export function splitWords(line: string): Result<readonly string[]> {
  const words: string[] = [];
  let word = '';
  let isOpen = false;
  let quote = '';
  for (let i = 0; i < line.length; i++) {
    const char = line[i] as string;
    if (quote === '' && /\s/.test(char)) {
      if (isOpen) words.push(word);
      word = '';
      isOpen = false;
    } else if (quote !== "'" && char === '\\' && i + 1 < line.length) {
      word += line[++i];
      isOpen = true;
    } else if (char === quote) {
      quote = '';
    } else if (quote === '' && (char === '"' || char === "'")) {
      quote = char;
      isOpen = true;
    } else {
      word += char;
      isOpen = true;
    }
  }
  if (quote !== '') return fail('usage', `A ${quote} is opened and never closed.`);
  if (isOpen) words.push(word);
  return ok(words);
}

/** Puts a word so that `splitWords` gives it back. */
export function quoteWord(word: string): string {
  return /^[\p{L}\p{N}_./:@%+=,~-]+$/u.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
