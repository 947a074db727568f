import { isSame, reverseEntries } from '../../core/plan/file-changes.ts';
import { ok } from '../../core/result.ts';
import type { CheckpointEntry, Result } from '../../core/types.ts';
import { lookNow } from './compare-now.ts';
import type { Stage } from './stage.ts';
import { bytesOfCheckpoint, changesOf } from './step-changes.ts';

/** How the paths of a checkpoint lie now, compared with what it says of before and after. */
export type Standing = {
  readonly applied: readonly CheckpointEntry[];
  readonly untouched: readonly CheckpointEntry[];
  /** Neither as before nor as after: somebody else was there. */
  readonly foreign: readonly CheckpointEntry[];
};

export function standingOf(
  { readers }: Pick<Stage, 'readers'>,
  entries: readonly CheckpointEntry[],
): Result<Standing> {
  const applied: CheckpointEntry[] = [];
  const untouched: CheckpointEntry[] = [];
  const foreign: CheckpointEntry[] = [];
  for (const entry of entries) {
    if (isSame(entry.before, entry.after)) continue;
    const after = lookNow(readers.images, entry.after);
    if (!after.ok) return after;
    if (isSame(after.value.image, entry.after)) {
      applied.push(entry);
      continue;
    }
    const before = lookNow(readers.images, entry.before);
    if (!before.ok) return before;
    (isSame(before.value.image, entry.before) ? untouched : foreign).push(entry);
  }
  return ok({ applied, untouched, foreign });
}

/** Makes of what was done what lay there before, from the kept bytes. */
export function revertEntries(
  { readers, hands }: Pick<Stage, 'readers' | 'hands'>,
  tag: string,
  applied: readonly CheckpointEntry[],
): Result<void> {
  const changes = changesOf(reverseEntries(applied), bytesOfCheckpoint(readers.checkpoints));
  if (!changes.ok) return changes;
  return hands.files.apply(`${tag}-back`, changes.value).result;
}
