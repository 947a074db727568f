import { lstatSync, unlinkSync } from 'node:fs';
import type { Place } from './held-folder.ts';

/**
 * A process that was killed in the middle of a move leaves a file with both names. The old one,
 * which comes first in `places`, stays: as if the move had not been begun.
 */
export function sweepHalfMoves(places: readonly Place[]): readonly Place[] {
  const first = new Map<bigint, Place>();
  const removed: Place[] = [];
  for (const place of places) {
    const stats = lstatSync(place.at, { bigint: true, throwIfNoEntry: false });
    if (stats === undefined || !stats.isFile() || stats.nlink !== 2n) continue;
    const earlier = first.get(stats.ino);
    if (earlier === undefined) {
      first.set(stats.ino, place);
      continue;
    }
    if (earlier.at === place.at) continue;
    unlinkSync(place.at);
    removed.push(place);
  }
  return removed;
}
