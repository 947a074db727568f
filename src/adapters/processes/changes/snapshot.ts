import { fail } from '../../../core/result.ts';
import type { CheckpointEntry, Result } from '../../../core/types.ts';

/** What lay in a folder at one time: names, sizes, modes and times of all below it, no contents. */
export type Snapshot = { readonly things: ReadonlyMap<string, string> };

export async function takeSnapshot(
  folder: string,
  _signal: AbortSignal,
): Promise<Result<Snapshot>> {
  return fail('unavailable', `${folder} cannot be looked at yet.`);
}

/** What lies there otherwise than it did. What a file held before is not known. */
export async function compareSnapshot(
  given: { readonly folder: string; readonly snapshot: Snapshot },
  _signal: AbortSignal,
): Promise<Result<readonly CheckpointEntry[]>> {
  return fail('unavailable', `${given.folder} cannot be compared yet.`);
}
