const MOST_CHARS = 2_000;

/**
 * The lines, from 1, that hold a text. Letter case counts where the text has a capital letter. Of a
 * line that is longer than people write, the beginning is looked at.
 */
export function matchPlainly(
  lines: readonly string[],
  wanted: string,
  most: number,
): readonly number[] {
  const isExact = hasCapital(wanted);
  const found: number[] = [];
  for (const [at, whole] of lines.entries()) {
    const line = whole.slice(0, MOST_CHARS);
    if ((isExact ? line : line.toLowerCase()).includes(wanted)) found.push(at + 1);
    if (found.length >= most) break;
  }
  return found;
}

export const hasCapital = (text: string): boolean => text !== text.toLowerCase();
