import type { Hunk } from '../types.ts';
import { bodyOf } from './lines.ts';
import { bagOf, likeness } from './word-marks.ts';

/** Lines of a hunk that stand beside each other, by their index in it. */
export type LinePair = {
  readonly before: number | null;
  readonly after: number | null;
  /** They are one line that was changed, not only neighbours. */
  readonly isAlike: boolean;
};

/** So many lines are compared with each other in one file; beyond that they pair by their place. */
const MAX_COMPARED = 6_000;
const MAX_IN_HUNK = 1_600;
/** Longer lines are compared by their beginning. */
const MAX_LENGTH = 200;
const MIN_LIKENESS = 0.4;

/** The lines of each hunk in order, with those that a change has turned into another side by side. */
export function pairHunks(hunks: readonly Hunk[]): readonly (readonly LinePair[])[] {
  let compared = 0;
  return hunks.map(({ beforeLines, afterLines }) => {
    const cells = beforeLines.length * afterLines.length;
    const isBounded = cells <= MAX_IN_HUNK && compared + cells <= MAX_COMPARED;
    if (isBounded) compared += cells;
    return isBounded
      ? pairByLikeness(beforeLines, afterLines)
      : pairByPlace(beforeLines, afterLines);
  });
}

function pairByPlace(before: readonly string[], after: readonly string[]): readonly LinePair[] {
  const isAlike = before.length === after.length;
  return beside(0, before.length, 0, after.length).map((pair) => ({
    ...pair,
    isAlike: isAlike && pair.before !== null && pair.after !== null,
  }));
}

/** The pairs, in order, whose likeness together is greatest. */
function pairByLikeness(before: readonly string[], after: readonly string[]): readonly LinePair[] {
  const bagsOf = (lines: readonly string[]) =>
    lines.map((line) => bagOf(bodyOf(line).slice(0, MAX_LENGTH)));
  const [old, now] = [bagsOf(before), bagsOf(after)];
  const scores = old.map((line) =>
    now.map((other) => {
      const score = likeness(line, other);
      return score >= MIN_LIKENESS ? score : 0;
    }),
  );
  const best = bestFrom(scores, old.length, now.length);
  const pairs: LinePair[] = [];
  let [row, column] = [0, 0];
  let [fromRow, fromColumn] = [0, 0];
  while (row < old.length && column < now.length) {
    const score = scores[row]?.[column] ?? 0;
    const here = best[row]?.[column] ?? 0;
    if (score > 0 && here === score + (best[row + 1]?.[column + 1] ?? 0)) {
      pairs.push(...beside(fromRow, row, fromColumn, column));
      pairs.push({ before: row++, after: column++, isAlike: true });
      [fromRow, fromColumn] = [row, column];
    } else if (here === (best[row + 1]?.[column] ?? 0)) row++;
    else column++;
  }
  return [...pairs, ...beside(fromRow, old.length, fromColumn, now.length)];
}

function bestFrom(
  scores: readonly (readonly number[])[],
  rows: number,
  columns: number,
): readonly (readonly number[])[] {
  const best = Array.from({ length: rows + 1 }, () => new Array<number>(columns + 1).fill(0));
  for (let row = rows - 1; row >= 0; row--) {
    const [here, below] = [best[row] ?? [], best[row + 1] ?? []];
    for (let column = columns - 1; column >= 0; column--) {
      const score = scores[row]?.[column] ?? 0;
      const paired = score > 0 ? score + (below[column + 1] ?? 0) : 0;
      here[column] = Math.max(paired, below[column] ?? 0, here[column + 1] ?? 0);
    }
  }
  return best;
}

/** Neighbours: one beside the other as far as both go. */
function beside(
  fromRow: number,
  toRow: number,
  fromColumn: number,
  toColumn: number,
): readonly LinePair[] {
  const [rows, columns] = [toRow - fromRow, toColumn - fromColumn];
  return Array.from({ length: Math.max(rows, columns) }, (_, index) => ({
    before: index < rows ? fromRow + index : null,
    after: index < columns ? fromColumn + index : null,
    isAlike: false,
  }));
}
