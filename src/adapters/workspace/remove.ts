import { rmdirSync } from 'node:fs';
import { fail, ok } from '../../core/result.ts';
import type { Result } from '../../core/types.ts';
import type { FileChange } from '../../ports.ts';
import type { Batch } from './batch.ts';
import { changed, codeOf, failureOf } from './failures.ts';
import type { Place } from './held-folder.ts';
import { withHeld } from './put.ts';
import { takeAway } from './take-away.ts';

/** Of a folder the hash is not asked for: what it held is gone by now, or it stays. */
export function remove(
  batch: Batch,
  { before }: FileChange & { readonly kind: 'remove' },
): Result<void> {
  const place = batch.walk.place(before.path);
  if (!place.ok) return place;
  if (before.kind === 'absent') return fail('invalid', `There is no ${before.path} to remove.`);
  return withHeld(place.value, before, (held) =>
    held.image.kind === 'folder'
      ? removeFolder(batch, place.value)
      : takeAway(batch, place.value, held, 1),
  );
}

function removeFolder(batch: Batch, { at, path, folder }: Place): Result<void> {
  try {
    rmdirSync(at);
  } catch (error) {
    // Some systems say the one, some the other.
    const isFull = ['ENOTEMPTY', 'EEXIST'].includes(codeOf(error));
    if (isFull) return changed(path, 'the folder is not empty');
    return failureOf(error, 'failed', `The folder ${path} cannot be removed`);
  }
  batch.walk.forget(path);
  batch.touched(folder);
  return ok(undefined);
}
