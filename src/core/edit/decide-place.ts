import { isBlank } from './canonical.ts';
import type { Place } from './find-places.ts';
import { chooseByAnchors, findAnchors } from './scope.ts';
import type { Hunk } from './types.ts';

export type Hints = Pick<Hunk, 'line' | 'anchors' | 'isAnchorStrict' | 'isAtEnd'>;

/** Of equal places those that are left when the hunk's own hints were heard; none: it contradicts. */
export function decidePlace(
  texts: readonly string[],
  places: readonly Place[],
  hints: Hints,
): readonly Place[] {
  if (places.length === 0) return places;
  const anchors = hints.anchors ? findAnchors(texts, hints.anchors) : [];
  const first = anchors[0];
  const allowed =
    hints.isAnchorStrict && first !== undefined ? places.filter(({ end }) => end > first) : places;
  if (allowed.length <= 1) return allowed;
  if (hints.isAtEnd) {
    const last = lastTelling(texts);
    const atEnd = allowed.filter(({ end }) => end > last);
    if (atEnd.length === 1) return atEnd;
  }
  const byLine = allowed.filter(({ start }) => start + 1 === hints.line);
  const byAnchor = chooseByAnchors(texts, anchors, allowed);
  if (byLine.length === 1 && byAnchor.length === 1) {
    return byLine[0] === byAnchor[0] ? byLine : allowed;
  }
  if (byLine.length === 1) return byLine;
  return byAnchor.length === 1 ? byAnchor : allowed;
}

function lastTelling(texts: readonly string[]): number {
  let at = texts.length - 1;
  while (at > 0 && isBlank(texts[at] ?? '')) at -= 1;
  return at;
}

/**
 * Of hunks that stand in the order of the file: the only way to give each of them a place behind
 * the one before it. Null where there is none or more than one.
 */
export function decideByOrder(choices: readonly (readonly Place[])[]): readonly Place[] | null {
  const earliest: Place[] = [];
  let reached = -1;
  for (const places of choices) {
    const next = places.find(({ start }) => start > reached);
    if (next === undefined) return null;
    earliest.push(next);
    reached = next.start;
  }
  let bound = Number.POSITIVE_INFINITY;
  for (let at = choices.length - 1; at >= 0; at -= 1) {
    const latest = choices[at]?.findLast(({ start }) => start < bound);
    if (latest !== earliest[at]) return null;
    bound = latest?.start ?? 0;
  }
  return earliest;
}
