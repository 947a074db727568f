import * as crypto from 'node:crypto';
import { type BigIntStats, fstatSync, readSync } from 'node:fs';
import { fail, ok } from '../../core/result.ts';
import type { Result } from '../../core/types.ts';

/** What one call may still read, as a hash is over whole files. */
export type Budget = { bytes: number };

const MAX_HASHED_BYTES = 2 * 1024 ** 3;
export const fullBudget = (): Budget => ({ bytes: MAX_HASHED_BYTES });

/** The one-shot function is faster for what is small; Node has it from 20.12 on. */
export const sha256Of: (bytes: Uint8Array) => string =
  typeof crypto.hash === 'function'
    ? (bytes) => crypto.hash('sha256', bytes)
    : (bytes) => crypto.createHash('sha256').update(bytes).digest('hex');

export type HeldBytes = { readonly hash: string; readonly stats: BigIntStats };

/** The hash of an open file, at a moment at which nobody wrote to it. */
export function hashHeld(fd: number, path: string, budget: Budget): Result<HeldBytes> {
  return whileNobodyWrites(fd, path, (size) => {
    if (size > budget.bytes) return tooMuch(path, MAX_HASHED_BYTES);
    budget.bytes -= size;
    return ok(size <= PIECE.length ? readPiece(fd, size) : readPieces(fd, size));
  });
}

/** The same with the bytes, where they are no more than `maxBytes`. */
export function readHeld(
  fd: number,
  path: string,
  maxBytes: number,
): Result<HeldBytes & { readonly bytes: Uint8Array }> {
  let bytes = Buffer.alloc(0);
  const found = whileNobodyWrites(fd, path, (size) => {
    if (size > maxBytes) return tooMuch(path, maxBytes);
    bytes = Buffer.allocUnsafe(size);
    let read = 0;
    while (read < size) {
      const count = readSync(fd, bytes, read, size - read, read);
      if (count === 0) break;
      read += count;
    }
    return ok({ read, value: () => sha256Of(bytes) });
  });
  return found.ok ? ok({ ...found.value, bytes }) : found;
}

/** Whether nothing was written between two looks at one file, as far as the file system says. */
export const isUnwritten = (before: BigIntStats, now: BigIntStats): boolean =>
  before.size === now.size && before.mtimeNs === now.mtimeNs;

type Reading = { readonly read: number; value(): string };

function whileNobodyWrites(
  fd: number,
  path: string,
  read: (size: number) => Result<Reading>,
): Result<HeldBytes> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const before = fstatSync(fd, { bigint: true });
    const size = Number(before.size);
    const reading = read(size);
    if (!reading.ok) return reading;
    const stats = fstatSync(fd, { bigint: true });
    if (reading.value.read === size && isUnwritten(before, stats)) {
      return ok({ hash: reading.value.value(), stats });
    }
  }
  return fail('changed', `${path} is being written by another program.`, {
    hint: 'Try again when it is done.',
    data: { path },
  });
}

const MAX_ATTEMPTS = 3;
const PIECE = Buffer.allocUnsafeSlow(256 * 1024);

/** By position, so that it can be done again. */
function readPiece(fd: number, size: number): Reading {
  const read = size === 0 ? 0 : readSync(fd, PIECE, 0, size, 0);
  return { read, value: () => sha256Of(PIECE.subarray(0, read)) };
}

function readPieces(fd: number, size: number): Reading {
  const hash = crypto.createHash('sha256');
  let read = 0;
  while (read < size) {
    const count = readSync(fd, PIECE, 0, Math.min(PIECE.length, size - read), read);
    if (count === 0) break;
    hash.update(PIECE.subarray(0, count));
    read += count;
  }
  return { read, value: () => hash.digest('hex') };
}

const tooMuch = (path: string, maxBytes: number) =>
  fail('limit', `${path} is bigger than ${Math.floor(maxBytes / 1024 ** 2)} MiB.`, {
    hint: 'Work on it by other means: TinyCode keeps what it changes, so as to bring it back.',
  });
