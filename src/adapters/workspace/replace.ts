import { linkSync, lstatSync, renameSync } from 'node:fs';
import { ok } from '../../core/result.ts';
import type { Result } from '../../core/types.ts';
import { NO_LINKS } from './add.ts';
import type { Batch, Temporary } from './batch.ts';
import { changed, codeOf, failureOf } from './failures.ts';
import type { Place } from './held-folder.ts';
import type { Held } from './hold.ts';
import { readHeld } from './read-held.ts';
import { isStillAt, isUnwrittenSince, modeOf } from './still-held.ts';
import { atNewName, discard, writeTemporary } from './temporary.ts';

/**
 * Puts a new file or link over what is held, in one step, or refuses because somebody else was
 * there. The old file gets a second name first, so that it can be put back as it is, with whoever
 * has it open, should somebody have written to it up to the moment in which it was replaced.
 *
 * What remains: another program that *renames* a file of its own to this name in the few
 * microseconds between our last look and our rename loses that file, and one that has the old file
 * open and writes to it after all this writes to a file without a name. The first would need
 * renameat2(RENAME_EXCHANGE), which Node does not offer; the second nobody can prevent.
 */
export function replaceHeld(
  batch: Batch,
  place: Place,
  held: Held,
  temporary: Temporary,
): Result<void> {
  const { at, path, folder } = place;
  let backup: Place | null = null;
  try {
    backup = held.fd === null ? null : keepNamed(batch, place);
    const names = backup === null ? 1 : 2;
    if (held.stats === null || !isStillAt(backup?.at ?? at, held.stats, names)) {
      throw Object.assign(new Error('another program was there first'), { code: 'EEXIST' });
    }
    renameSync(temporary.place.at, at);
  } catch (error) {
    discard(temporary.place);
    if (backup !== null) discard(backup);
    if (isSwap(error)) return changed(path, 'another program was there first');
    return failureOf(error, 'failed', `${path} cannot be replaced`);
  }
  batch.touched(folder);
  if (!isUnwrittenSince(held, temporary.begun.ctimeNs)) {
    return putBack(batch, place, held, temporary, backup);
  }
  if (backup !== null) discard(backup);
  return ok(undefined);
}

/** It is gone, or a folder by now. */
const isSwap = (error: unknown): boolean =>
  ['EEXIST', 'ENOENT', 'EISDIR', 'ENOTDIR'].includes(codeOf(error));

/** Null where the file system has no links, or gives none for a file of somebody else. */
function keepNamed(batch: Batch, { at, folder }: Place): Place | null {
  if (!batch.hasHardLinks) return null;
  try {
    return atNewName(batch, folder, (name) => linkSync(at, name)).place;
  } catch (error) {
    if (NO_LINKS.includes(codeOf(error))) return null;
    throw error;
  }
}

/** Somebody wrote to the old file at the last moment: it stays, with what was written. */
function putBack(
  batch: Batch,
  place: Place,
  held: Held,
  { begun }: Temporary,
  backup: Place | null,
): Result<void> {
  const { at, path } = place;
  try {
    const there = lstatSync(at, { bigint: true, throwIfNoEntry: false });
    if (there?.ino !== begun.ino || there.dev !== begun.dev) {
      if (backup !== null) discard(backup);
      return changed(path, 'another program replaced it at the same moment');
    }
    renameSync((backup ?? copyOf(batch, place, held)).at, at);
    return changed(path, 'another program wrote to it at the same moment');
  } catch (error) {
    const what = `What another program wrote to ${path} at the same moment cannot be put back`;
    const where = backup === null ? '' : `; it is kept beside it as ${backup.name}`;
    return failureOf(error, 'failed', what + where);
  }
}

function copyOf(batch: Batch, place: Place, { fd, stats }: Held): Place {
  if (fd === null || stats === null) throw new Error('it is no file');
  const read = readHeld(fd, place.path, Number.POSITIVE_INFINITY);
  if (!read.ok) throw new Error(read.error.message);
  const content = { bytes: read.value.bytes, mode: modeOf(stats) };
  const copy = writeTemporary(batch, place, content, stats);
  if (!copy.ok) throw copy.error.cause ?? new Error(copy.error.message);
  return copy.value.place;
}
