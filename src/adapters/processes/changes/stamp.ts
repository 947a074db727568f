import { fail } from '../../../core/result.ts';
import type { Result } from '../../../core/types.ts';

/** Over names, sizes, modes and times of all files but those of `.git`; null: too many. */
export async function stampFolder(
  folder: string,
  _signal: AbortSignal,
): Promise<Result<string | null>> {
  return fail('unavailable', `${folder} cannot be looked at yet.`);
}
