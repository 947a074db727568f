import { closeSync, constants, fstatSync, lstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { fail, ok } from '../../core/result.ts';
import type { Result } from '../../core/types.ts';

/** What lies at a path. `through`: a folder on the way that is a link, so it is not the workspace's. */
export type Thing =
  | { readonly kind: 'absent' | 'folder' | 'link' | 'other' }
  | { readonly kind: 'file'; readonly size: number; readonly isExecutable: boolean }
  | { readonly kind: 'through'; readonly link: string };

/** Looks without following a link anywhere on the way. */
export function lookAt(workspace: string, path: string): Thing {
  const names = path === '' ? [] : path.split('/');
  for (let count = 1; count < names.length; count += 1) {
    const folder = names.slice(0, count).join('/');
    const kind = kindAt(join(workspace, folder)).kind;
    if (kind === 'link') return { kind: 'through', link: folder };
    if (kind !== 'folder') return { kind: 'absent' };
  }
  return kindAt(join(workspace, path));
}

function kindAt(path: string): Thing {
  try {
    const stats = lstatSync(path);
    if (stats.isSymbolicLink()) return { kind: 'link' };
    if (stats.isDirectory()) return { kind: 'folder' };
    if (!stats.isFile()) return { kind: 'other' };
    return { kind: 'file', size: stats.size, isExecutable: (stats.mode & 0o100) !== 0 };
  } catch {
    return { kind: 'absent' };
  }
}

/** The bytes of a regular file; never through a link at its end, never waiting for a pipe. */
export function readBytes(workspace: string, path: string, maxBytes: number): Result<Buffer> {
  let fd: number;
  try {
    const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
    fd = openSync(join(workspace, path), flags);
  } catch (cause) {
    return fail('unreadable', `${path} cannot be read.`, { cause });
  }
  try {
    const stats = fstatSync(fd);
    if (!stats.isFile()) return fail('unreadable', `${path} is not a regular file.`);
    if (stats.size > maxBytes) return tooBig(path, maxBytes);
    return readAll(fd, path, stats.size, maxBytes);
  } catch (cause) {
    return fail('unreadable', `${path} cannot be read.`, { cause });
  } finally {
    closeSync(fd);
  }
}

/** One byte of room, to notice a file that grows meanwhile. */
function readAll(fd: number, path: string, size: number, maxBytes: number): Result<Buffer> {
  const buffer = Buffer.allocUnsafe(size + 1);
  let length = 0;
  while (length < buffer.length) {
    const count = readSync(fd, buffer, length, buffer.length - length, null);
    if (count === 0) return ok(buffer.subarray(0, length));
    length += count;
  }
  return length > maxBytes ? tooBig(path, maxBytes) : fail('changed', `${path} is being written.`);
}

const tooBig = (path: string, maxBytes: number) =>
  fail('limit', `${path} is bigger than ${Math.floor(maxBytes / 1024 / 1024)} MiB.`);
