import { distanceBetween } from '../text/nearest.ts';
import { isBlank, isTelling } from './canonical.ts';
import { diffLines } from './diff-lines.ts';
import type { FileIndex } from './file-index.ts';
import type { Place } from './find-places.ts';
import type { Reading } from './types.ts';

/**
 * Places where the lines to be changed stand, but a line around them reads differently: the model
 * misremembered what it does not want to change. Similarity is heard for such lines alone.
 */
export function findDrifted(index: FileIndex, { search, replacement }: Reading): readonly Place[] {
  if (search.length > MAX_LINES) return [];
  const dropped = new Set(
    diffLines(search, replacement).flatMap((op) => (op.kind === 'drop' ? [op.before] : [])),
  );
  const anchor = rarestDropped(index, search, dropped);
  if (anchor === null) return [];
  const places: Place[] = [];
  for (const line of anchor.lines) {
    const place = judgePlace(index, search, dropped, line - anchor.at);
    if (place !== null) places.push(place);
  }
  return places;
}

const MAX_LINES = 200;
const MAX_TRIES = 50;
const MIN_SIMILARITY = 0.6;
const MAX_LINE_LENGTH = 200;

/** The line to be changed that stands at the fewest places; it must say something. */
function rarestDropped(
  index: FileIndex,
  search: readonly string[],
  dropped: ReadonlySet<number>,
): { readonly at: number; readonly lines: readonly number[] } | null {
  const { positions, lineOf } = index.loose();
  let best: { at: number; lines: readonly number[] } | null = null;
  for (const at of dropped) {
    const line = search[at] ?? '';
    if (isBlank(line)) continue;
    const found = positions.get(index.looseForm(line)) ?? [];
    if (found.length === 0) return null;
    if (!isTelling(line)) continue;
    if (best === null || found.length < best.lines.length) {
      best = { at, lines: found.map((run) => lineOf[run] as number) };
    }
  }
  return best !== null && best.lines.length <= MAX_TRIES ? best : null;
}

function judgePlace(
  index: FileIndex,
  search: readonly string[],
  dropped: ReadonlySet<number>,
  start: number,
): Place | null {
  const { texts } = index.file;
  if (start < 0 || start + search.length > texts.length) return null;
  let context = 0;
  let drifted = 0;
  for (const [at, line] of search.entries()) {
    const real = texts[start + at] as string;
    const isSame = index.looseForm(line) === index.looseForm(real);
    if (dropped.has(at)) {
      if (!isSame) return null;
      continue;
    }
    if (isTelling(line)) context += 1;
    if (isSame) continue;
    if (!isSimilar(line, real)) return null;
    drifted += 1;
  }
  // Most of what surrounds the change must be right.
  if (drifted === 0 || drifted * 2 > context) return null;
  return {
    start,
    end: start + search.length,
    lineOf: search.map((_, at) => start + at),
    rung: 'context',
  };
}

function isSimilar(a: string, b: string): boolean {
  const [x, y] = [a.trim(), b.trim()];
  const longest = Math.max(x.length, y.length);
  if (longest > MAX_LINE_LENGTH || x === '' || y === '') return false;
  return 1 - distanceBetween(x, y) / longest >= MIN_SIMILARITY;
}
