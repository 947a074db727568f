/**
 * Whether a word without spaces is too random to be written by a person: hexadecimal of 32 digits
 * or more, or letters of both cases and digits in a mix that no path and no name has.
 */
export function looksRandom(word: string): 'hex' | 'random' | null {
  if (/^[0-9a-f]{32,}$/i.test(word) && /\d/.test(word) && /[a-f]/i.test(word)) return 'hex';
  if (word.length > MAX_WORD) return looksRandom(word.slice(0, MAX_WORD));
  const kinds = [/\d/g, /[a-z]/g, /[A-Z]/g].map((kind) => word.match(kind)?.length ?? 0);
  if (kinds.some((count) => count < MIN_OF_EACH)) return null;
  return changesOf(word) >= MIN_CHANGES && entropyOf(word) >= MIN_ENTROPY_BITS ? 'random' : null;
}

const MAX_WORD = 400;
const MIN_OF_EACH = 2;
/** Random base64 has some 0.65, CamelCase and paths stay below 0.35. */
const MIN_CHANGES = 0.42;
const MIN_ENTROPY_BITS = 3.8;

/** How often, of all neighbours, lower case, upper case, digits and signs take turns. */
function changesOf(word: string): number {
  const kinds = Array.from(word, (char) =>
    /\d/.test(char) ? 0 : /[a-z]/.test(char) ? 1 : /[A-Z]/.test(char) ? 2 : 3,
  );
  const changes = kinds.filter((kind, index) => index > 0 && kind !== kinds[index - 1]);
  return changes.length / (word.length - 1);
}

/** Shannon's, in bits a character. */
function entropyOf(word: string): number {
  const counts = new Map<string, number>();
  for (const char of word) counts.set(char, (counts.get(char) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values())
    bits -= (count / word.length) * Math.log2(count / word.length);
  return bits;
}
