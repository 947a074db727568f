/**
 * How many cells a text takes, roughly: for the first prompt and for headless output, which would
 * wait longer for the tables of `string-width` than for all the rest.
 */
export function quickWidth(text: string): number {
  if (isNarrow(text)) return text.length;
  let cells = 0;
  for (const character of text) cells += isZero(character) ? 0 : isWide(character) ? 2 : 1;
  return cells;
}

/** Letters and signs that are one cell each wherever they stand. */
export const isNarrow = (text: string): boolean =>
  /^[\x20-\x7e\xa1-\xac\xae-\u02ff\u2010-\u2027\u2030-\u203a]*$/.test(text);

const isZero = (character: string): boolean => /[\p{M}\p{Cf}]/u.test(character);

const isWide = (character: string): boolean =>
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f000}-\u{1faff}\u{20000}-\u{3fffd}]/u.test(
    character,
  );
