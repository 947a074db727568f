import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs';
import { fail, ok } from '../../core/result.ts';
import type { Result } from '../../core/types.ts';
import { codeOf, failureOf } from './system-errors.ts';

export type SmallFile = { readonly bytes: Buffer; readonly stats: Stats };

/**
 * The bytes of a regular file, or null where there is none. Never follows a link, never waits for
 * a pipe, never reads more than `maxBytes`.
 */
export function readSmallFile(path: string, maxBytes: number): Result<SmallFile | null> {
  let fd: number;
  try {
    fd = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return ok(null);
    if (code === 'ELOOP') return fail('unreadable', `${path} is a symbolic link.`);
    return failureOf(error, 'unreadable', `${path} cannot be read`);
  }
  try {
    return readOpened(fd, path, maxBytes);
  } catch (error) {
    return failureOf(error, 'unreadable', `${path} cannot be read`);
  } finally {
    closeSync(fd);
  }
}

function readOpened(fd: number, path: string, maxBytes: number): Result<SmallFile> {
  const stats = fstatSync(fd);
  if (!stats.isFile()) return fail('unreadable', `${path} is not a regular file.`);
  if (stats.size > maxBytes) return tooBig(path, maxBytes);
  let buffer = Buffer.alloc(stats.size + 1);
  let length = 0;
  for (;;) {
    const read = readSync(fd, buffer, length, buffer.length - length, null);
    if (read === 0) return ok({ bytes: buffer.subarray(0, length), stats });
    length += read;
    if (length > maxBytes) return tooBig(path, maxBytes);
    // It grows while it is read, or the system does not say its size.
    if (length === buffer.length) buffer = Buffer.concat([buffer, Buffer.alloc(GROWTH_BYTES)]);
  }
}

const GROWTH_BYTES = 64 * 1024;

const tooBig = (path: string, maxBytes: number) =>
  fail('limit', `${path} is bigger than ${Math.floor(maxBytes / 1024)} KiB.`, {
    hint: 'Make it smaller.',
  });
