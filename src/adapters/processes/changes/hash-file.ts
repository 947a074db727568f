import * as crypto from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { fail, ok } from '../../../core/result.ts';
import type { Result } from '../../../core/types.ts';
import { MOST_READ_BYTES } from './bounds.ts';
import type { Pace } from './pace.ts';

/** Reads files for their hashes, up to a bound for all of them together. */
export type FileHasher = {
  /** Of the bytes at a moment at which nobody wrote to them; null where it cannot be read. */
  hash(at: string, path: string): Promise<Result<HashedFile | null>>;
};
export type HashedFile = { readonly hash: string; readonly size: number };

export function createFileHasher(pace: Pace, mostBytes = MOST_READ_BYTES): FileHasher {
  let left = mostBytes;
  return {
    async hash(at, path) {
      let fd: number;
      try {
        fd = openSync(at, FLAGS);
      } catch {
        return ok(null);
      }
      try {
        return await hashOpen(fd, path);
      } catch (cause) {
        return fail('unreadable', `${path} cannot be read.`, { cause });
      } finally {
        closeSync(fd);
      }
    },
  };

  async function hashOpen(fd: number, path: string): Promise<Result<HashedFile | null>> {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const before = fstatSync(fd);
      if (!before.isFile()) break;
      const { size, mtimeMs } = before;
      left -= size;
      if (left < 0) return tooMuch(path, mostBytes);
      const read = size <= PIECE_BYTES ? hashPiece(fd, size) : await hashPieces(fd, size, pace);
      if (!read.ok) return read;
      const now = fstatSync(fd);
      if (read.value.read === size && now.size === size && now.mtimeMs === mtimeMs) {
        return ok({ hash: read.value.hash, size });
      }
    }
    return fail('changed', `${path} is being written by another program.`, {
      hint: 'Try again when it is done.',
    });
  }
}

/** Never waits, should a pipe lie there by now. */
const FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
const MAX_ATTEMPTS = 3;
const PIECE_BYTES = 256 * 1024;

type Reading = { readonly read: number; readonly hash: string };

/** The one-shot function is faster for what is small; Node has it from 20.12 on. */
export const sha256Of: (bytes: Uint8Array) => string =
  typeof crypto.hash === 'function'
    ? (bytes) => crypto.hash('sha256', bytes)
    : (bytes) => crypto.createHash('sha256').update(bytes).digest('hex');

/** One for all: nothing waits between reading into it and hashing it. */
const PIECE = Buffer.allocUnsafeSlow(PIECE_BYTES);

function hashPiece(fd: number, size: number): Result<Reading> {
  const read = size === 0 ? 0 : readSync(fd, PIECE, 0, size, 0);
  return ok({ read, hash: sha256Of(PIECE.subarray(0, read)) });
}

async function hashPieces(fd: number, size: number, pace: Pace): Promise<Result<Reading>> {
  const hash = crypto.createHash('sha256');
  let read = 0;
  while (read < size) {
    const count = readSync(fd, PIECE, 0, Math.min(PIECE.length, size - read), read);
    if (count === 0) break;
    hash.update(PIECE.subarray(0, count));
    read += count;
    const paced = await pace.go();
    if (!paced.ok) return paced;
  }
  return ok({ read, hash: hash.digest('hex') });
}

const tooMuch = (path: string, mostBytes: number) =>
  fail('limit', `With ${path}, more than ${mostBytes} bytes would have to be read.`, {
    hint: 'Let the program change less at a time.',
  });
