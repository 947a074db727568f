import type { Hunk } from '../types.ts';
import { bodyOf, terminatorOf } from './lines.ts';
import { type LinePair, pairHunks } from './pair-lines.ts';

/** A run of lines that is longer than this is halved before it is taken apart line by line. */
const MAX_SINGLE_LINES = 8;

/**
 * One hunk as smaller ones, in order; any of them can be taken without the others. First where
 * changed, gone and new lines meet, then at blank lines, then in halves and by lines. A hunk that
 * has no seam comes back alone.
 */
export function splitHunk(hunk: Hunk): readonly Hunk[] {
  const pairs = pairHunks([hunk])[0] ?? [];
  for (const cut of [cutAtKinds, cutAtBlanks, cutInPieces]) {
    const pieces = joinOpenLines(hunk, cut(pairs, hunk));
    if (pieces.length > 1) return pieces.map(toHunk(hunk));
  }
  return [hunk];
}

type Piece = readonly LinePair[];

const kindOf = ({ before, after, isAlike }: LinePair): string =>
  isAlike ? 'changed' : before === null ? 'new' : after === null ? 'gone' : 'replaced';

const cutAtKinds = (pairs: Piece): readonly Piece[] =>
  cutWhere(pairs, (pair, previous) => kindOf(pair) !== kindOf(previous));

function cutAtBlanks(pairs: Piece, hunk: Hunk): readonly Piece[] {
  const isBlank = ({ before, after }: LinePair): boolean =>
    [
      before === null ? null : hunk.beforeLines[before],
      after === null ? null : hunk.afterLines[after],
    ].every((line) => line === null || bodyOf(line ?? '').trim() === '');
  return cutWhere(pairs, (pair, previous) => isBlank(previous) && !isBlank(pair));
}

function cutInPieces(pairs: Piece): readonly Piece[] {
  if (pairs.length <= MAX_SINGLE_LINES) return pairs.map((pair) => [pair]);
  const middle = Math.ceil(pairs.length / 2);
  return [pairs.slice(0, middle), pairs.slice(middle)];
}

function cutWhere(
  pairs: Piece,
  isSeam: (pair: LinePair, previous: LinePair) => boolean,
): readonly Piece[] {
  const pieces: LinePair[][] = [];
  pairs.forEach((pair, index) => {
    const previous = pairs[index - 1];
    if (previous === undefined || isSeam(pair, previous)) pieces.push([pair]);
    else pieces.at(-1)?.push(pair);
  });
  return pieces;
}

/** A line without a newline must stay last whatever is taken: all behind it belongs to its piece. */
function joinOpenLines(hunk: Hunk, pieces: readonly Piece[]): readonly Piece[] {
  const isOpen = (line: string | undefined): boolean =>
    line !== undefined && terminatorOf(line) === '';
  const first = pieces.findIndex((piece) =>
    piece.some(
      ({ before, after }) =>
        isOpen(hunk.beforeLines[before ?? -1]) || isOpen(hunk.afterLines[after ?? -1]),
    ),
  );
  return first < 0 ? pieces : [...pieces.slice(0, first), pieces.slice(first).flat()];
}

function toHunk(hunk: Hunk): (piece: Piece) => Hunk {
  let [beforeAt, afterAt] = [0, 0];
  return (piece) => {
    const befores = piece.filter(({ before }) => before !== null).length;
    const afters = piece.filter(({ after }) => after !== null).length;
    const made = {
      beforeStart: hunk.beforeStart + beforeAt,
      beforeLines: hunk.beforeLines.slice(beforeAt, beforeAt + befores),
      afterStart: hunk.afterStart + afterAt,
      afterLines: hunk.afterLines.slice(afterAt, afterAt + afters),
    };
    beforeAt += befores;
    afterAt += afters;
    return made;
  };
}
