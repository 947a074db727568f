import { type BigIntStats, closeSync, constants, lstatSync, openSync, readlinkSync } from 'node:fs';
import { fail, ok } from '../../core/result.ts';
import type { Image, Result } from '../../core/types.ts';
import { codeOf, failureOf } from './failures.ts';
import type { Place } from './held-folder.ts';
import { decodeName } from './path-names.ts';
import { type Budget, type HeldBytes, hashHeld } from './read-held.ts';

/** What lies at a place: seen, and a regular file also held open. */
export type Held = {
  readonly image: Image;
  /** Null where nothing lies. */
  readonly stats: BigIntStats | null;
  readonly fd: number | null;
};

export const PERMISSION_BITS = 0o7777;

/** Reads an open file to the end; what it answers comes to the caller of `hold` as well. */
type ReadFile = (fd: number, path: string) => Result<HeldBytes>;

/** `release` has to be called on what it answers. */
export function hold(place: Place, budget: Budget): Result<Held> {
  return holdReading(place, (fd, path) => hashHeld(fd, path, budget));
}

export function holdReading(place: Place, read: ReadFile): Result<Held> {
  try {
    return look(place, read);
  } catch (error) {
    return failureOf(error, 'unreadable', `${place.path} cannot be read`);
  }
}

export function release(held: Held): void {
  if (held.fd !== null) closeSync(held.fd);
}

function look(place: Place, read: ReadFile): Result<Held> {
  const { at, path, folder } = place;
  const stats = lstatSync(at, { bigint: true, throwIfNoEntry: false });
  if (stats === undefined) return seen({ path, kind: 'absent' }, null);
  const mode = Number(stats.mode) & PERMISSION_BITS;
  if (stats.isSymbolicLink()) {
    const target = decodeName(readlinkSync(at, { encoding: 'buffer' }));
    if (target === null) return fail('unreadable', `The target of the link ${path} is no UTF-8.`);
    return seen({ path, kind: 'link', target }, stats);
  }
  if (stats.isDirectory()) {
    if (stats.dev === folder.dev) return seen({ path, kind: 'folder', mode }, stats);
    return seen({ path, kind: 'other', what: 'a folder of another file system' }, stats);
  }
  if (!stats.isFile()) return seen({ path, kind: 'other', what: kindOf(stats) }, stats);
  // A file is not asked for its device: layered file systems answer with that of a layer.
  if (stats.nlink > 1n) return seen({ path, kind: 'other', what: SEVERAL_NAMES }, stats);
  return holdFile(place, read, stats);
}

const SEVERAL_NAMES = 'a file with several names (hard links)';

const seen = (image: Image, stats: BigIntStats | null): Result<Held> =>
  ok({ image, stats, fd: null });

const kindOf = (stats: BigIntStats): string => {
  if (stats.isFIFO()) return 'a named pipe';
  return stats.isSocket() ? 'a socket' : 'a device';
};

/** Never waits, should a pipe lie there by now. */
const FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

function holdFile(place: Place, read: ReadFile, named: BigIntStats): Result<Held> {
  const { path } = place;
  const fd = openSync(place.at, FLAGS);
  let held: Held | null = null;
  try {
    const found = read(fd, path);
    if (!found.ok) return found;
    const { hash, stats } = found.value;
    if (!stats.isFile() || stats.ino !== named.ino || stats.dev !== named.dev) return swapped(path);
    const mode = Number(stats.mode) & PERMISSION_BITS;
    held = { image: { path, kind: 'file', hash, size: Number(stats.size), mode }, stats, fd };
    return ok(held);
  } catch (error) {
    if (codeOf(error) === 'EAGAIN') return swapped(path);
    throw error;
  } finally {
    if (held === null) closeSync(fd);
  }
}

const swapped = (path: string) =>
  fail('changed', `${path} was swapped for another file while it was opened.`, {
    hint: 'Try again when the other program is done.',
    data: { path },
  });

/** Whether that lies there; a folder's hash is compared where both have one. */
export function isSame(wanted: Image, found: Image): boolean {
  if (wanted.kind !== found.kind) return false;
  if (wanted.kind === 'file' && found.kind === 'file') {
    return wanted.hash === found.hash && wanted.size === found.size && wanted.mode === found.mode;
  }
  if (wanted.kind === 'folder' && found.kind === 'folder') {
    const isDeep = wanted.hash !== undefined && found.hash !== undefined;
    return wanted.mode === found.mode && (!isDeep || wanted.hash === found.hash);
  }
  if (wanted.kind === 'link' && found.kind === 'link') return wanted.target === found.target;
  return wanted.kind === 'absent';
}
