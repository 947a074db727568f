import { createHash } from 'node:crypto';
import {
  closeSync,
  constants,
  fsyncSync,
  linkSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { isAlive, type ProcessMark } from './processes.ts';

/** A lock as it stands in a file. `id` makes every taking another one. */
export type LockMark = ProcessMark & { readonly id: string };

/** What lies at a lock's path; no mark where it cannot be understood. */
export type FoundLock = { readonly mark: LockMark | null; readonly hash: string };

export type Taken = { readonly kind: 'taken'; readonly wasLeft: boolean };
export type Busy = { readonly kind: 'busy'; readonly pid: number };

/**
 * Takes the lock at a path for a living process, or says who has it.
 *
 * The lock of a dead process is taken over by whoever wins the *claim* on it: a lock beside it,
 * named after that very lock. Only who holds the claim may replace the dead lock, by renaming the
 * claim over it, so of many contenders one wins, and none takes away what another has just taken.
 * A claim is a lock like any other: where its owner died too, it is taken over in the same way.
 */
export function takeLock(path: string, mark: LockMark): Taken | Busy {
  const own = `${path}.${mark.id}`;
  writeOwn(own, mark);
  try {
    return take(path, own, path);
  } finally {
    drop(own);
  }
}

function take(base: string, own: string, path: string): Taken | Busy {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    if (linked(own, path)) return { kind: 'taken', wasLeft: false };
    const found = readLock(path);
    if (found === null) continue;
    if (found.mark !== null && isAlive(found.mark)) return { kind: 'busy', pid: found.mark.pid };
    const claim = `${base}.${found.hash}`;
    const claimed = take(base, own, claim);
    if (claimed.kind === 'busy') return claimed;
    if (readLock(path)?.hash === found.hash) {
      renameSync(claim, path);
      syncFolderOf(path);
      return { kind: 'taken', wasLeft: true };
    }
    // Somebody had it and gave it back between our first look and our claim.
    drop(claim);
  }
  throw new Error(`${path} comes and goes`);
}

/** Each of them means that somebody else came or went in that moment. */
const MAX_ATTEMPTS = 1000;

/** Removes what processes left that died while they took the lock. Only who has it may do so. */
export function clearClaims(path: string): void {
  const folder = dirname(path);
  const start = `${basename(path)}.`;
  for (const name of readdirSync(folder).filter((each) => each.startsWith(start))) {
    const mark = readLock(join(folder, name))?.mark;
    // One that is still being written says nothing yet.
    if (mark && !isAlive(mark)) drop(join(folder, name));
  }
}

/** Gives the lock back, where it is still this one. */
export function releaseLock(path: string, mark: LockMark): void {
  if (readLock(path)?.mark?.id === mark.id) unlinkSync(path);
}

/** Null where there is none. */
export function readLock(path: string): FoundLock | null {
  let text: string;
  try {
    const fd = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      text = readFileSync(fd, 'utf8');
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 16);
  return { mark: parseMark(text), hash };
}

function parseMark(text: string): LockMark | null {
  try {
    const { pid, born, id } = JSON.parse(text);
    const isMark = Number.isSafeInteger(pid) && pid > 0 && [born, id].every(isText);
    return isMark ? { pid, born, id } : null;
  } catch {
    return null;
  }
}

const isText = (value: unknown): boolean => typeof value === 'string';

/** On the disk before it is a lock: after a crash of the machine it tells what was going on. */
function writeOwn(own: string, mark: LockMark): void {
  const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW } = constants;
  const fd = openSync(own, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
  try {
    writeFileSync(fd, `${JSON.stringify(mark)}\n`);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/** Whether the name was free. */
function linked(own: string, path: string): boolean {
  try {
    linkSync(own, path);
    syncFolderOf(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function syncFolderOf(path: string): void {
  const fd = openSync(dirname(path), constants.O_RDONLY);
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

function drop(path: string): void {
  try {
    unlinkSync(path);
  } catch {}
}
