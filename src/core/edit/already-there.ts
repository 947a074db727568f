import { isBlank, isTelling } from './canonical.ts';
import { addedLines, droppedLines } from './changes-at.ts';
import type { FileIndex } from './file-index.ts';
import { findExact, findLoose, type Place } from './find-places.ts';
import { nearestLine } from './nearest-line.ts';
import type { Reading } from './types.ts';

/** The search is nowhere, the replacement at one place: somebody made this edit before. */
export function isAlreadyApplied(index: FileIndex, reading: Reading): boolean {
  const { replacement } = reading;
  if (!replacement.some(isTelling)) return false;
  const added = addedLines(reading);
  const isClear = added.some(isTelling) || replacement.filter(isTelling).length >= 2;
  if (!isClear) return false;
  const exact = findExact(index, replacement);
  const places = exact.length > 0 ? exact : findLoose(index, replacement);
  const [place] = places;
  if (place === undefined || places.length > 1) return false;
  // Where a line much like one to be replaced stands elsewhere, that one was meant.
  const asked = droppedLines(reading).filter(isTelling).slice(0, MAX_ASKED);
  return asked.every((line) => {
    const isHere = (at: number) => at >= place.start && at < place.end;
    const near = nearestLine(index.file.texts, line, isHere);
    return near === null || near.likeness < MAX_LIKENESS;
  });
}

const MAX_LIKENESS = 0.7;
const MAX_ASKED = 3;

/** Lines are only added, and there they stand already. */
export function isAlreadyInserted(index: FileIndex, reading: Reading, place: Place): boolean {
  if (droppedLines(reading).length > 0 || !addedLines(reading).some(isTelling)) return false;
  const first = reading.replacement.findIndex((line) => !isBlank(line));
  const shared = reading.search.findIndex((line) => !isBlank(line));
  if (first < 0 || shared < 0) return false;
  return findExact(index, reading.replacement)
    .concat(findLoose(index, reading.replacement))
    .some(({ start, end }) => start <= place.start && end >= place.end);
}
