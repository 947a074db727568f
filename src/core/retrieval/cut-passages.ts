/** Lines of a text that belong together, from 1, both ends with it. */
export type Piece = { readonly startLine: number; readonly endLine: number };

const MOST_LINES = 60;
const LEAST_LINES = 6;

/**
 * Cuts a text where something new begins: at a line without indentation behind a blank one. Small
 * neighbours are joined, long pieces are cut at a blank line, else anywhere.
 */
export function cutPassages(lines: readonly string[]): readonly Piece[] {
  const pieces: Piece[] = [];
  let start = 0;
  let blank = -1;
  const end = (to: number): void => {
    if (to > start) pieces.push({ startLine: start + 1, endLine: to });
    start = to;
    blank = -1;
  };
  for (const [at, line] of lines.entries()) {
    const isBlank = line.trim() === '';
    const isBeginning = !isBlank && at > 0 && lines[at - 1]?.trim() === '' && /^\S/.test(line);
    if (isBeginning && at - start >= LEAST_LINES) end(at);
    else if (at - start >= MOST_LINES) end(blank > start ? blank : at);
    if (isBlank) blank = at + 1;
  }
  end(lines.length);
  return pieces;
}
