import { fail } from '../../../core/result.ts';
import type { CheckpointEntry, Result } from '../../../core/types.ts';

/** Folders, as this process reaches them. */
export type OverlayFolders = {
  /** Holds what was written. */
  readonly upper: string;
  /** What the programs see. */
  readonly merged: string;
  /** The workspace itself. */
  readonly lower: string;
};

/** All that an overlay view differs in from the workspace below it, folders before what they hold. */
export async function readOverlayChanges(
  folders: OverlayFolders,
  _signal: AbortSignal,
): Promise<Result<readonly CheckpointEntry[]>> {
  return fail('unavailable', `The changes of ${folders.merged} cannot be read yet.`);
}
