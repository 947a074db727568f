import { fail, ok } from '../../../core/result.ts';
import type { CheckpointEntry, Result } from '../../../core/types.ts';
import { createChangeList, findIn } from './change-list.ts';
import { createDescent, splitPath } from './descend.ts';
import { type HeldFolder, holdTop, oddName } from './held-folder.ts';
import { createPace } from './pace.ts';
import { findTouched, type Snapshot } from './see-folder.ts';

export type CopiedFolders = {
  readonly copy: string;
  readonly original: string;
  /** Of the copy, when it was complete and before anything ran in it. */
  readonly snapshot: Snapshot;
};

/**
 * All that programs changed in a copy, against what lies in the original by now. What was changed
 * in the original alone is not theirs.
 */
export async function readCopyChanges(
  { copy, original, snapshot }: CopiedFolders,
  signal: AbortSignal,
): Promise<Result<readonly CheckpointEntry[]>> {
  const touched = await findTouched(copy, snapshot, signal);
  if (!touched.ok) return touched;
  const odd = touched.value.find(({ was, is }) => (was ?? is)?.isOdd);
  if (odd !== undefined) return oddName(...splitPath(odd.path));
  const [before, after] = [holdTop(original), holdTop(copy)];
  try {
    if (!before.ok) return before;
    if (!after.ok) return after;
    const paths = touched.value.map(({ path }) => path);
    return await compareAt(paths, before.value, after.value, signal);
  } catch (cause) {
    return fail('unreadable', `The changes in ${copy} cannot be read.`, { cause });
  } finally {
    for (const top of [before, after]) if (top.ok) top.value.release();
  }
}

async function compareAt(
  paths: readonly string[],
  original: HeldFolder,
  copy: HeldFolder,
  signal: AbortSignal,
): Promise<Result<readonly CheckpointEntry[]>> {
  const list = createChangeList(createPace(signal));
  const [before, after] = [createDescent(original), createDescent(copy)];
  try {
    for (const path of paths) {
      const [above, name] = splitPath(path);
      const was = findIn(before.to(above), name).sight;
      const added = await list.addOne(path, was, findIn(after.to(above), name).sight);
      if (!added.ok) return added;
    }
    return ok(list.sorted());
  } finally {
    before.release();
    after.release();
  }
}
