import { splitAtUnseen } from './escape.ts';
import { segment } from './graphemes.ts';

/** A character of more parts than this is no letter and no picture. */
const MAX_PARTS = 12;

/**
 * The characters of a text as they are shown, so that a row can be broken between any two: what
 * is shown by its number stands apart, and so does each of what is piled up beyond measure.
 */
export function charactersOf(text: string): Iterable<string> {
  if (/^[\x00-\x7f]*$/.test(text)) return text;
  return segment(text).flatMap((character) =>
    character.length === 1 ? character : splitAtUnseen(character).flatMap(splitPile),
  );
}

function splitPile(character: string): string | readonly string[] {
  // An accent without a letter is named, and so are those that follow it.
  const isPile = /^\p{M}/u.test(character) || [...character].length > MAX_PARTS;
  return isPile ? [...character] : character;
}
