import { isTelling } from './canonical.ts';
import type { LineChange } from './text-lines.ts';

/** Signs that a reply holds more of a file, or less, than it was meant to change. */

/** The new lines repeat what stands right behind or before them: more was given than replaced. */
export function repeatsNeighbours(texts: readonly string[], change: LineChange): boolean {
  const { start, end, lines } = change;
  const tail = sharedRun(
    lines.length,
    (step) => lines[lines.length - 1 - step] ?? '',
    (length) => texts.slice(end, end + length).reverse(),
  );
  const head = sharedRun(
    lines.length,
    (step) => lines[step] ?? '',
    (length) => texts.slice(Math.max(0, start - length), start),
  );
  return tail >= MIN_REPEATED || head >= MIN_REPEATED;
}

const MIN_REPEATED = 2;
const MAX_REPEATED = 200;

/** The telling lines of the longest run in which both sides are alike; 0 where there is none. */
function sharedRun(
  most: number,
  lineAt: (step: number) => string,
  neighbours: (length: number) => readonly string[],
): number {
  for (let length = Math.min(most - 1, MAX_REPEATED); length >= MIN_REPEATED; length -= 1) {
    const other = neighbours(length);
    if (other.length < length) continue;
    if (!other.every((line, step) => line === lineAt(step))) continue;
    return other.filter(isTelling).length;
  }
  return 0;
}

/** Most of the file stands in the result a second time. */
export function repeatsFile(texts: readonly string[], changes: readonly LineChange[]): boolean {
  const added = changes.flatMap(({ lines }) => lines).filter(isTelling);
  if (added.length < MIN_COPIED) return false;
  const kept = new Map<string, number>();
  texts.forEach((line) => {
    if (isTelling(line)) kept.set(line, (kept.get(line) ?? 0) + 1);
  });
  const once = [...kept].filter(([, count]) => count === 1).length;
  for (const { start, end } of changes) {
    for (const line of texts.slice(start, end)) kept.delete(line);
  }
  const copied = new Set(added.filter((line) => kept.get(line) === 1)).size;
  return copied >= MIN_COPIED && copied * 2 >= once;
}

const MIN_COPIED = 6;

/** A whole file that lacks most of the old one, or all of its end. */
export function losesTooMuch(before: readonly string[], after: readonly string[]): boolean {
  const old = before.filter(isTelling);
  if (old.length < MIN_JUDGED) return false;
  const fresh = new Set(after.map((line) => line.trim()));
  const gone = old.filter((line) => !fresh.has(line.trim())).length;
  const size = after.filter(isTelling).length;
  if (size * 2 < old.length && gone * 2 > old.length) return true;
  // What was cut off ends with a line of the old file; what was rewritten ends with a new one.
  const last = after.findLast(isTelling)?.trim() ?? '';
  const isCut = size < old.length && old.some((line) => line.trim() === last);
  return isCut && lostTail(old, fresh) >= Math.max(MIN_TAIL, old.length * TAIL_SHARE);
}

const MIN_JUDGED = 6;
const MIN_TAIL = 5;
const TAIL_SHARE = 0.3;

function lostTail(old: readonly string[], fresh: ReadonlySet<string>): number {
  let lost = 0;
  while (lost < old.length && !fresh.has((old[old.length - 1 - lost] ?? '').trim())) lost += 1;
  return lost;
}
