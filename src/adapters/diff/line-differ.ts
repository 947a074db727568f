import { diffArrays } from 'diff';
import { splitLines } from '../../core/diff/lines.ts';
import type { Hunk } from '../../core/types.ts';
import type { Differ } from '../../ports.ts';
import { findAnchors } from './find-anchors.ts';

/** Edits up to which the shortest way from one text to the other is looked for. */
const MAX_EDITS = 256;
/** The same between two anchors, and how often anchors are looked for within anchors. */
const MAX_EDITS_BETWEEN = 60;
const MAX_DEPTH = 4;

/**
 * Finds where two texts differ: the fewest lines where that is quickly found, else a coarser
 * result that is just as true, around the lines that both texts have exactly once.
 */
export function createDiffer(): Differ {
  return {
    hunks(before, after) {
      if (before === after) return [];
      const [old, now] = [splitLines(before), splitLines(after)];
      const number = numberLines();
      const changes = compare(
        { old: Uint32Array.from(old, number), now: Uint32Array.from(now, number) },
        { oldFrom: 0, oldTo: old.length, nowFrom: 0, nowTo: now.length },
        0,
      );
      return join(changes).map((change) => toHunk(change, old, now));
    },
  };
}

/** Lines as numbers: equal ones compare in no time. */
type Texts = { readonly old: Uint32Array; readonly now: Uint32Array };
/** Old lines `oldFrom` up to `oldTo` became new lines `nowFrom` up to `nowTo`. */
type Change = {
  readonly oldFrom: number;
  readonly oldTo: number;
  readonly nowFrom: number;
  readonly nowTo: number;
};

function numberLines(): (line: string) => number {
  const numbers = new Map<string, number>();
  return (line) => {
    const number = numbers.get(line) ?? numbers.size;
    numbers.set(line, number);
    return number;
  };
}

function compare(texts: Texts, whole: Change, depth: number): readonly Change[] {
  const part = trim(texts, whole);
  const { oldFrom, oldTo, nowFrom, nowTo } = part;
  if (oldFrom === oldTo && nowFrom === nowTo) return [];
  if (oldFrom === oldTo || nowFrom === nowTo) return [part];
  const shortest = findShortest(texts, part, depth === 0 ? MAX_EDITS : MAX_EDITS_BETWEEN);
  if (shortest !== null) return shortest;
  const anchors =
    depth >= MAX_DEPTH
      ? []
      : findAnchors(texts.old.subarray(oldFrom, oldTo), texts.now.subarray(nowFrom, nowTo));
  if (anchors.length === 0) return [part];
  const changes: Change[] = [];
  let [old, now] = [oldFrom, nowFrom];
  for (const anchor of [...anchors, { old: oldTo - oldFrom, now: nowTo - nowFrom }]) {
    const [oldEnd, nowEnd] = [oldFrom + anchor.old, nowFrom + anchor.now];
    const between = { oldFrom: old, oldTo: oldEnd, nowFrom: now, nowTo: nowEnd };
    for (const change of compare(texts, between, depth + 1)) changes.push(change);
    [old, now] = [oldEnd + 1, nowEnd + 1];
  }
  return changes;
}

/** Without the lines that both begin and end with. */
function trim({ old, now }: Texts, { oldFrom, oldTo, nowFrom, nowTo }: Change): Change {
  let head = 0;
  const most = Math.min(oldTo - oldFrom, nowTo - nowFrom);
  while (head < most && old[oldFrom + head] === now[nowFrom + head]) head++;
  let tail = 0;
  while (tail < most - head && old[oldTo - 1 - tail] === now[nowTo - 1 - tail]) tail++;
  return {
    oldFrom: oldFrom + head,
    oldTo: oldTo - tail,
    nowFrom: nowFrom + head,
    nowTo: nowTo - tail,
  };
}

function findShortest(texts: Texts, part: Change, maxEditLength: number): readonly Change[] | null {
  const { oldFrom, oldTo, nowFrom, nowTo } = part;
  // So many edits it takes at least.
  if (Math.abs(oldTo - oldFrom - (nowTo - nowFrom)) > maxEditLength) return null;
  const found = diffArrays(
    Array.from(texts.old.subarray(oldFrom, oldTo)),
    Array.from(texts.now.subarray(nowFrom, nowTo)),
    { maxEditLength },
  );
  if (found === undefined) return null;
  const changes: Change[] = [];
  let [old, now] = [oldFrom, nowFrom];
  for (const { added, removed, value } of found) {
    const [oldEnd, nowEnd] = [old + (added ? 0 : value.length), now + (removed ? 0 : value.length)];
    if (added || removed) {
      changes.push({ oldFrom: old, oldTo: oldEnd, nowFrom: now, nowTo: nowEnd });
    }
    [old, now] = [oldEnd, nowEnd];
  }
  return changes;
}

/** Changes that touch are one. */
function join(changes: readonly Change[]): readonly Change[] {
  const joined: Change[] = [];
  for (const change of changes) {
    const last = joined.at(-1);
    if (last?.oldTo === change.oldFrom && last.nowTo === change.nowFrom) {
      joined[joined.length - 1] = { ...last, oldTo: change.oldTo, nowTo: change.nowTo };
    } else joined.push(change);
  }
  return joined;
}

const toHunk = (
  { oldFrom, oldTo, nowFrom, nowTo }: Change,
  old: readonly string[],
  now: readonly string[],
): Hunk => ({
  beforeStart: oldFrom + 1,
  beforeLines: old.slice(oldFrom, oldTo),
  afterStart: nowFrom + 1,
  afterLines: now.slice(nowFrom, nowTo),
});
