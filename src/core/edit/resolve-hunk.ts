import { isAlreadyApplied, isAlreadyInserted } from './already-there.ts';
import { blanksBefore, indentOf, isBlank, isTelling } from './canonical.ts';
import { addedLines, changesAt } from './changes-at.ts';
import { decidePlace } from './decide-place.ts';
import { findDrifted } from './drift.ts';
import { cutAtElisions, isElision } from './elision.ts';
import {
  refuseEmptySearch,
  refuseMissing,
  refuseNoise,
  refusePlaceholder,
  refuseSeveral,
} from './explain.ts';
import type { FileIndex } from './file-index.ts';
import { widen } from './find-inline.ts';
import type { Place } from './find-places.ts';
import { convertIndent } from './indent-style.ts';
import { locate } from './locate.ts';
import { findPlaceholder } from './placeholders.ts';
import { findAnchors } from './scope.ts';
import { findNoise } from './take-noise-off.ts';
import type { LineChange } from './text-lines.ts';
import type { Edited, Hunk, Reading, Rung } from './types.ts';

/** What is known of a hunk before the other hunks are heard. */
export type Candidate = {
  readonly hunk: Hunk;
  readonly reading: Reading;
  readonly places: readonly Place[];
  /** Set where no place is needed any more. */
  readonly resolved?: Resolved;
};
export type Resolved = {
  readonly changes: readonly LineChange[];
  readonly rung: Rung;
  readonly finalNewline?: boolean;
};

export function findCandidates(index: FileIndex, hunk: Hunk): Edited<Candidate> {
  const first = hunk.readings[0];
  if (hunk.readings.every(({ search }) => search.every(isBlank))) {
    return settle(hunk, first, insertWithoutSearch(index, hunk));
  }
  const { reading, places, line } = locate(index, hunk);
  if (places.length > 0) {
    const placeholder = findPlaceholder(index, reading);
    if (placeholder !== null) return refusePlaceholder(index.path, placeholder);
    const noise = findNoise(addedLines(reading), index.path);
    if (noise !== null) return refuseNoise(index.path, noise);
    const hints = line === undefined || hunk.line !== undefined ? hunk : { ...hunk, line };
    const left = decidePlace(index.file.texts, places, hints);
    if (left.length === 0) return refuseMissing(index, reading);
    return { ok: true, value: { hunk, reading, places: left } };
  }
  return settle(hunk, reading, resolveWithoutPlace(index, reading));
}

function settle(hunk: Hunk, reading: Reading, resolved: Edited<Resolved>): Edited<Candidate> {
  return resolved.ok
    ? { ok: true, value: { hunk, reading, places: [], resolved: resolved.value } }
    : resolved;
}

/** The changes of a hunk whose place is decided; several places are for a hunk that asks for all. */
export function resolveAt(index: FileIndex, candidate: Candidate): Edited<Resolved> {
  const { hunk, reading, places, resolved } = candidate;
  if (resolved !== undefined) return { ok: true, value: resolved };
  const { texts } = index.file;
  const place = places[0];
  const isForAll =
    hunk.isForAll === true && new Set(places.map(({ start }) => start)).size === places.length;
  if (place === undefined) return refuseMissing(index, reading);
  if (places.length > 1 && !isForAll) return refuseSeveral(index, reading, places);
  const changes: LineChange[] = [];
  for (const at of places) {
    if (at.rung !== 'inline' && isAlreadyInserted(index, reading, at)) continue;
    const wide =
      at.rung === 'inline' ? widen(texts, at, reading.search, reading.replacement) : reading;
    const made = changesAt(index, wide, at);
    if (!made.ok) return made;
    changes.push(...made.value);
  }
  const { finalNewline } = hunk;
  return {
    ok: true,
    value: { changes, rung: place.rung, ...(finalNewline === undefined ? {} : { finalNewline }) },
  };
}

/** The lines stand nowhere as they are: elision, an edit that was made before, drifted context. */
function resolveWithoutPlace(index: FileIndex, reading: Reading): Edited<Resolved> {
  const elided = [...reading.search, ...reading.replacement].find(isElision);
  const pieces = elided === undefined ? null : cutAtElisions(reading);
  if (elided !== undefined && pieces === null) {
    const placeholder = findPlaceholder(index, reading);
    if (placeholder !== null || reading.search.some(isElision)) {
      return refusePlaceholder(index.path, placeholder ?? elided);
    }
  }
  if (pieces !== null) return resolvePieces(index, pieces, elided ?? '');
  const placeholder = findPlaceholder(index, reading);
  if (placeholder !== null) return refusePlaceholder(index.path, placeholder);
  if (isAlreadyApplied(index, reading)) return { ok: true, value: { changes: [], rung: 'exact' } };
  const drifted = findDrifted(index, reading);
  if (drifted.length > 1) return refuseSeveral(index, reading, drifted);
  const [place] = drifted;
  if (place === undefined) return refuseMissing(index, reading);
  const noise = findNoise(addedLines(reading), index.path);
  if (noise !== null) return refuseNoise(index.path, noise);
  const changes = changesAt(index, reading, place);
  return changes.ok ? { ok: true, value: { changes: changes.value, rung: 'context' } } : changes;
}

/** Each piece stands at one place, behind the one before it; what lies between stays. */
function resolvePieces(
  index: FileIndex,
  pieces: readonly Reading[],
  elided: string,
): Edited<Resolved> {
  const changes: LineChange[] = [];
  let end = 0;
  for (const piece of pieces) {
    const isEmpty = piece.search.every(isBlank);
    if (isEmpty && piece.replacement.every(isBlank)) continue;
    if (isEmpty) return refusePlaceholder(index.path, elided);
    const isKept = piece.search.join('\n') === piece.replacement.join('\n');
    // A closing bracket that stays is no place, and needs none.
    if (isKept && !piece.search.some(isTelling)) continue;
    const { reading, places } = locate(index, { readings: [piece] });
    const placeholder = findPlaceholder(index, reading);
    if (placeholder !== null) return refusePlaceholder(index.path, placeholder);
    const noise = findNoise(addedLines(reading), index.path);
    if (noise !== null) return refuseNoise(index.path, noise);
    if (places.length > 1) return refuseSeveral(index, reading, places);
    const place = places[0];
    if (place === undefined || place.start < end) return refuseMissing(index, reading);
    const made = changesAt(index, reading, place);
    if (!made.ok) return made;
    changes.push(...made.value);
    end = place.end;
  }
  return { ok: true, value: { changes, rung: 'elision' } };
}

/** New lines without a search: into an empty file, behind an anchor, or at the end where it says so. */
function insertWithoutSearch(index: FileIndex, hunk: Hunk): Edited<Resolved> {
  const { texts } = index.file;
  const reading = hunk.readings[0];
  const { replacement } = reading;
  const placeholder = findPlaceholder(index, { search: [], replacement });
  if (placeholder !== null) return refusePlaceholder(index.path, placeholder);
  const noise = findNoise(replacement, index.path);
  if (noise !== null) return refuseNoise(index.path, noise);
  const at = insertionLine(texts, hunk);
  if (at === null) return refuseEmptySearch(index.path);
  const style = index.style();
  const lines = replacement.map((line) => {
    return convertIndent(indentOf(line), style, 4) + line.slice(blanksBefore(line).length);
  });
  const isThere =
    lines.some(isTelling) && lines.every((line, step) => texts[at.start + step] === line);
  const change = { ...at, lines };
  return { ok: true, value: { changes: isThere ? [] : [change], rung: 'exact' } };
}

function insertionLine(
  texts: readonly string[],
  hunk: Hunk,
): { readonly start: number; readonly end: number } | null {
  if (texts.every(isBlank)) return { start: 0, end: texts.length };
  if (hunk.isAtEnd) return { start: texts.length, end: texts.length };
  if (!hunk.isAnchorStrict || !hunk.anchors) return null;
  const anchors = findAnchors(texts, hunk.anchors);
  const [anchor] = anchors;
  if (anchor === undefined || anchors.length > 1) return null;
  return { start: anchor + 1, end: anchor + 1 };
}
