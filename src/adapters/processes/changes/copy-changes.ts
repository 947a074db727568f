import { fail } from '../../../core/result.ts';
import type { CheckpointEntry, Result } from '../../../core/types.ts';
import type { Snapshot } from './snapshot.ts';

export type CopiedFolders = {
  readonly copy: string;
  readonly original: string;
  /** Of the copy, when it was complete and before anything ran in it. */
  readonly snapshot: Snapshot;
};

/** All that programs changed in a copy, against what lies in the original by now. */
export async function readCopyChanges(
  folders: CopiedFolders,
  _signal: AbortSignal,
): Promise<Result<readonly CheckpointEntry[]>> {
  return fail('unavailable', `The changes of ${folders.copy} cannot be read yet.`);
}
