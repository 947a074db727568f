import { refuse } from './refuse.ts';
import type { LineChange } from './text-lines.ts';
import type { Edited } from './types.ts';

/**
 * The changes of several hunks in the order of the file. All refer to the text as it was; the same
 * change twice is one, two different changes of one line are none.
 */
export function combineChanges(
  path: string,
  changes: readonly LineChange[],
): Edited<readonly LineChange[]> {
  const sorted = [...changes].sort((a, b) => a.start - b.start || a.end - b.end);
  const out: LineChange[] = [];
  for (const change of sorted) {
    const previous = out.at(-1);
    if (previous !== undefined && collides(previous, change)) {
      if (isSame(previous, change)) continue;
      return refuse(
        'overlap',
        `${path}: two edits change line ${change.start + 1} in different ways. Send one edit that makes both changes.`,
        { path, line: change.start + 1 },
      );
    }
    out.push(change);
  }
  return { ok: true, value: out };
}

function collides(a: LineChange, b: LineChange): boolean {
  const areInsertions = a.start === a.end && b.start === b.end;
  if (areInsertions) return a.start === b.start;
  return b.start < a.end || (a.start === b.start && a.end > a.start && b.end > b.start);
}

const isSame = (a: LineChange, b: LineChange): boolean =>
  a.start === b.start &&
  a.end === b.end &&
  a.lines.length === b.lines.length &&
  a.lines.every((line, at) => line === b.lines[at]);
