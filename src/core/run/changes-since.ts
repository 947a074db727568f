import { isSame } from '../plan/file-changes.ts';
import type { CheckpointEntry, Image } from '../types.ts';

/**
 * What one step changed, where the view has told all changes so far before it and after it. A path
 * that is as in the workspace again is no longer among the later ones.
 */
export function changesSince(
  earlier: readonly CheckpointEntry[],
  later: readonly CheckpointEntry[],
): readonly CheckpointEntry[] {
  const was = new Map(earlier.map((entry) => [entry.after.path, entry]));
  const is = new Map(later.map((entry) => [entry.after.path, entry]));
  const changed = later.flatMap((entry): readonly CheckpointEntry[] => {
    const before = was.get(entry.after.path)?.after ?? entry.before;
    return isUnchanged(before, entry.after) ? [] : [{ before, after: entry.after }];
  });
  const restored = earlier.flatMap((entry): readonly CheckpointEntry[] =>
    is.has(entry.after.path) || isUnchanged(entry.after, entry.before)
      ? []
      : [{ before: entry.after, after: entry.before }],
  );
  return [...changed, ...restored].sort((a, b) => (a.after.path < b.after.path ? -1 : 1));
}

/** Folders are compared by their own mode: what they hold stands among the changes itself. */
const isUnchanged = (before: Image, after: Image): boolean =>
  before.kind === 'folder' && after.kind === 'folder'
    ? before.mode === after.mode
    : isSame(before, after);
