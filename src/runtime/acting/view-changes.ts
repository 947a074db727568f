import { fail, ok } from '../../core/result.ts';
import type { CheckpointEntry, Result } from '../../core/types.ts';
import type { View } from '../../ports.ts';
import { breathe } from './stage.ts';

/** All that a program may leave in one step; more is no longer something to be looked at. */
const MOST_BYTES = 512 * 1024 * 1024;
const BREATH_EVERY = 500;

/** The bytes of all files that were made or changed, as they lie in the view now. */
export async function loadChanged(
  view: View,
  changes: readonly CheckpointEntry[],
  signal: AbortSignal,
): Promise<Result<ReadonlyMap<string, Uint8Array>>> {
  const blobs = new Map<string, Uint8Array>();
  let total = 0;
  for (const [index, { after }] of changes.entries()) {
    if (index % BREATH_EVERY === 0) await breathe();
    if (signal.aborted) return fail('cancelled', 'What the program changed was not looked at.');
    if (after.kind !== 'file' || blobs.has(after.hash)) continue;
    total += after.size;
    if (total > MOST_BYTES) {
      return fail('limit', `The program wrote more than ${MOST_BYTES} bytes into the workspace.`, {
        hint: 'Let it write less, or run it by hand.',
      });
    }
    const loaded = view.load(after);
    if (!loaded.ok) return loaded;
    blobs.set(after.hash, loaded.value);
  }
  return ok(blobs);
}
