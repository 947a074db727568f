/**
 * What somebody probably meant, whatever the letter case. At most a third of the word may differ,
 * so that nonsense is never "corrected"; of equally near ones, one of the same length is meant
 * (swapping letters is the commoner mistake), then the first.
 */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  if (word.length > MAX_LENGTH) return undefined;
  const wanted = word.toLowerCase();
  let best: string | undefined;
  let bestCost = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    const distance = distanceBetween(wanted, candidate.toLowerCase());
    const cost = distance + (candidate.length === word.length ? 0 : 0.5);
    if (cost < bestCost && distance <= toleranceOf(wanted, candidate)) {
      best = candidate;
      bestCost = cost;
    }
  }
  return best;
}

/** Longer words are no typing mistakes, and the comparison is quadratic. */
const MAX_LENGTH = 100;

const toleranceOf = (word: string, candidate: string): number =>
  Math.floor(Math.max(word.length, candidate.length) / 3);

/** Insertions, deletions, replacements and swapped neighbours, each counted once. */
export function distanceBetween(a: string, b: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const isSame = a[row - 1] === b[column - 1];
      let distance = Math.min(
        at(previous, column) + 1,
        at(current, column - 1) + 1,
        at(previous, column - 1) + (isSame ? 0 : 1),
      );
      const isSwap = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (row > 1 && column > 1 && isSwap) {
        distance = Math.min(distance, at(before, column - 2) + 1);
      }
      current.push(distance);
    }
    before = previous;
    previous = current;
  }
  return at(previous, b.length);
}

const at = (row: readonly number[], column: number): number => row[column] ?? 0;
