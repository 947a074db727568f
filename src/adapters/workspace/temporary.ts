import {
  type BigIntStats,
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  lstatSync,
  openSync,
  symlinkSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { fail, ok } from '../../core/result.ts';
import type { Result } from '../../core/types.ts';
import type { Batch, Temporary } from './batch.ts';
import { codeOf, failureOf } from './failures.ts';
import { type Folder, type Place, placeIn } from './held-folder.ts';
import { PERMISSION_BITS } from './hold.ts';

/** What is written is on the disk when it returns. `like` is the file whose owner it gets. */
export function writeTemporary(
  batch: Batch,
  target: Place,
  content: { readonly bytes: Uint8Array; readonly mode: number },
  like: BigIntStats | null,
): Result<Temporary> {
  const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW } = constants;
  let place: Place | null = null;
  try {
    const made = atNewName(batch, target.folder, (at) =>
      openSync(at, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, content.mode & 0o777),
    );
    place = made.place;
    const fd = made.value;
    let begun: BigIntStats | null;
    try {
      begun = fill(fd, content, like);
      if (begun !== null) fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    if (begun !== null) return ok({ place, begun });
    discard(place);
    return fail('denied', `${target.path} would run as another user than it does now.`, {
      hint: 'Its owner cannot be kept. Take its set-user-id bit away, or change it yourself.',
    });
  } catch (error) {
    if (place !== null) discard(place);
    return failureOf(error, 'failed', `${target.path} cannot be written`);
  }
}

/** The same, but open and not yet on the disk; null where it cannot be made, for whatever reason. */
export function beginTemporary(
  batch: Batch,
  target: Place,
  content: { readonly bytes: Uint8Array; readonly mode: number },
  like: BigIntStats | null,
): { readonly place: Place; readonly fd: number } | null {
  const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW } = constants;
  let made: { readonly place: Place; readonly value: number } | null = null;
  try {
    made = atNewName(batch, target.folder, (at) =>
      openSync(at, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, content.mode & 0o777),
    );
    if (fill(made.value, content, like) !== null) return { place: made.place, fd: made.value };
  } catch {}
  if (made !== null) {
    closeSync(made.value);
    discard(made.place);
  }
  return null;
}

export function linkTemporary(batch: Batch, target: Place, leadsTo: string): Result<Temporary> {
  try {
    const { place } = atNewName(batch, target.folder, (at) => symlinkSync(leadsTo, at));
    return ok({ place, begun: lstatSync(place.at, { bigint: true }) });
  } catch (error) {
    return failureOf(error, 'failed', `The link ${target.path} cannot be made`);
  }
}

/** Left-overs of a killed process may hold some of the names. */
export function atNewName<T>(
  batch: Batch,
  folder: Folder,
  make: (at: string) => T,
): { readonly place: Place; readonly value: T } {
  for (let attempt = 1; ; attempt++) {
    const place = placeIn(folder, batch.newName());
    try {
      return { place, value: make(place.at) };
    } catch (error) {
      if (codeOf(error) !== 'EEXIST' || attempt === MAX_NAMES) throw error;
    }
  }
}

const MAX_NAMES = 100;

/** Whatever happened, a temporary file that cannot be removed changes nothing about it. */
export function discard({ at }: Place): void {
  try {
    unlinkSync(at);
  } catch {}
}

/** Null where the file would give the rights of somebody else away, or take them. */
function fill(
  fd: number,
  { bytes, mode }: { readonly bytes: Uint8Array; readonly mode: number },
  like: BigIntStats | null,
): BigIntStats | null {
  const begun = fstatSync(fd, { bigint: true });
  for (let written = 0; written < bytes.length; ) {
    written += writeSync(fd, bytes, written, bytes.length - written);
  }
  const isForeign = like !== null && (like.uid !== begun.uid || like.gid !== begun.gid);
  const keepsOwner = !isForeign || keepOwner(fd, begun, like);
  if (!keepsOwner && (mode & SET_ID_BITS) !== 0) return null;
  // A change of the owner may have taken bits away.
  if (isForeign || (Number(begun.mode) & PERMISSION_BITS) !== mode) fchmodSync(fd, mode);
  return begun;
}

const SET_ID_BITS = 0o6000;

/** Only root can give a file away; others can still keep its group, where it is one of theirs. */
function keepOwner(fd: number, begun: BigIntStats, { uid, gid }: BigIntStats): boolean {
  for (const owner of [uid, begun.uid]) {
    try {
      fchownSync(fd, Number(owner), Number(gid));
      return owner === uid;
    } catch {}
  }
  return false;
}
