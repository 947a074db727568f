import { isBlank, isTelling } from './canonical.ts';
import type { FileIndex } from './file-index.ts';
import { findInline } from './find-inline.ts';
import { findExact, findLoose, type Place } from './find-places.ts';
import { otherReadings } from './take-noise-off.ts';
import type { Hunk, Reading } from './types.ts';

/** The lines of a hunk as they were read, and every place where they may stand. */
export type Located = {
  readonly reading: Reading;
  readonly places: readonly Place[];
  /** A line number that came with the lines. */
  readonly line?: number;
};

/**
 * Exact places count before loose ones, whichever reading they belong to; all loose ones count
 * alike, however loose, so that none is taken while there is another.
 */
export function locate(index: FileIndex, hunk: Hunk): Located {
  const first = hunk.readings[0];
  const telling = hunk.readings.filter(({ search }) => !search.every(isBlank));
  for (const find of hunk.isInline ? [findInline, findLoose] : [findExact, findLoose]) {
    for (const reading of telling) {
      const places = placesOf(find(index, reading.search), reading.search);
      if (places.length > 0) return { reading, places };
    }
  }
  const cleaned = telling.flatMap((reading) => otherReadings(reading, index.path));
  for (const find of [findExact, findLoose]) {
    for (const { reading, line } of cleaned) {
      const places = find(index, reading.search);
      if (places.length > 0) {
        return { reading, places, ...(line === undefined ? {} : { line }) };
      }
    }
  }
  return { reading: telling[0] ?? first, places: [] };
}

/** Lines of brackets alone are found only to the byte: loosely they are anywhere. */
const placesOf = (places: readonly Place[], search: readonly string[]): readonly Place[] =>
  search.some(isTelling) || search.some((line) => /[\p{L}\p{N}]/u.test(line))
    ? places
    : places.filter(({ rung }) => rung === 'exact' || rung === 'inline');
