import { fchmodSync, fstatSync, mkdirSync } from 'node:fs';
import { fail, ok } from '../../core/result.ts';
import type { Result } from '../../core/types.ts';
import type { FileChange } from '../../ports.ts';
import type { Batch } from './batch.ts';
import { changed, codeOf, failureOf } from './failures.ts';
import type { Folder, Place } from './held-folder.ts';
import { PERMISSION_BITS } from './hold.ts';
import { withHeld } from './put.ts';

/** A folder that is there already keeps what it holds; only its mode may change. */
export function makeFolder(
  batch: Batch,
  { before, after }: FileChange & { readonly kind: 'make-folder' },
): Result<void> {
  const place = batch.walk.place(after.path);
  if (!place.ok) return place;
  const setMode = () => giveMode(batch, place.value, after.mode);
  if (before.kind === 'folder') return withHeld(place.value, before, setMode);
  if (before.kind !== 'absent') {
    return fail('invalid', `${after.path} cannot become a folder: it has to be removed first.`);
  }
  try {
    mkdirSync(place.value.at, { mode: after.mode & 0o777 });
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return changed(after.path, 'something lies there by now');
    return failureOf(error, 'failed', `The folder ${after.path} cannot be made`);
  }
  batch.touched(place.value.folder);
  return setMode();
}

/** The mask of new files takes bits away, a folder above may give some. */
function giveMode(batch: Batch, { path }: Place, mode: number): Result<void> {
  const folder = batch.walk.folder(path);
  return folder.ok ? change(batch, folder.value, mode) : folder;
}

function change(batch: Batch, folder: Folder, mode: number): Result<void> {
  try {
    if ((fstatSync(folder.fd).mode & PERMISSION_BITS) !== mode) fchmodSync(folder.fd, mode);
    batch.touched(folder);
    return ok(undefined);
  } catch (error) {
    return failureOf(error, 'failed', `The mode of the folder ${folder.path} cannot be set`);
  }
}
