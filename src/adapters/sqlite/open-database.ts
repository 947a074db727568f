import {
  chmodSync,
  closeSync,
  constants,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { fail, ok } from '../../core/result.ts';
import type { Result } from '../../core/types.ts';
import { type Database, openLasting } from './lasting-database.ts';

export type { Database };

/** How long a process waits for another one's lock before it says `busy`. */
const BUSY_TIMEOUT_MS = 10_000;
/** A database in a folder that cannot be written is read into memory, up to this size. */
const MAX_BYTES_IN_MEMORY = 512 * 1024 * 1024;

/**
 * Opens a database for writing, and makes it where there is none: its folder for this user alone
 * (0700), the file likewise (0600), and a commit is on the disk when it returns. A new one can be
 * made so that it shrinks again: that has to be settled before anything is written.
 */
export function openForWriting(
  path: string,
  { canShrink = false }: { readonly canShrink?: boolean } = {},
): Result<Database> {
  return describingErrors(path, 'write', () => {
    makePrivateFolder(dirname(path));
    makePrivateFile(path);
    const database = openLasting(path, { timeout: BUSY_TIMEOUT_MS });
    return closingOnError(database, () => {
      if (canShrink) database.pragma('auto_vacuum = INCREMENTAL');
      useWriteAheadLog(database);
      database.pragma('synchronous = FULL');
      database.pragma('foreign_keys = ON');
      database.pragma('trusted_schema = OFF');
      database.pragma('secure_delete = ON');
    });
  });
}

/** Opens a database that is there, and writes nothing; `not-found` where there is none. */
export function openForReading(path: string): Result<Database> {
  const opened = describingErrors(path, 'read', () => {
    if (lstatSync(path, { throwIfNoEntry: false }) === undefined) return null;
    assertRegularFile(path);
    try {
      return openReadOnly(path);
    } catch (error) {
      if (!isFolderReadOnly(error)) throw error;
      return openCopyInMemory(path);
    }
  });
  if (!opened.ok) return opened;
  return opened.value === null
    ? fail('not-found', `There is no database at ${path}.`)
    : ok(opened.value);
}

/** Makes the folder with mode 0700, and takes others' rights from one that is there. */
export function makePrivateFolder(path: string): void {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  if ((lstatSync(path).mode & 0o077) !== 0) chmodSync(path, 0o700);
}

/** The failure that an error of SQLite or of the file system stands for; other errors go on. */
export function describeDatabaseError(
  error: unknown,
  path: string,
  access: 'read' | 'write',
): Result<never> {
  const code = errorCode(error);
  if (code === null) throw error;
  const message = error instanceof Error ? error.message : String(error);
  if (startsWithOneOf(code, HELD)) {
    return fail('busy', `Another process holds ${path}: ${message}.`, {
      hint: 'Wait until the other TinyCode is done, then try again.',
      cause: error,
    });
  }
  if (startsWithOneOf(code, DAMAGED) || (access === 'read' && startsWithOneOf(code, DENIED))) {
    return fail('unreadable', `${path} cannot be read: ${message}.`, {
      hint: 'Nothing was overwritten. Look at who may read it; a damaged file is moved aside by hand.',
      cause: error,
    });
  }
  return fail('failed', `${path} cannot be used: ${message}.`, {
    hint: 'Look at the free space and at who may write there, then try again.',
    cause: error,
  });
}

const HELD = ['SQLITE_BUSY', 'SQLITE_LOCKED', 'SQLITE_PROTOCOL'];
const DAMAGED = [
  'SQLITE_CORRUPT',
  'SQLITE_NOTADB',
  'SQLITE_FORMAT',
  'SQLITE_ERROR',
  'EISDIR',
  'ELOOP',
  'ENOTDIR',
  'NOT_A_FILE',
];
const DENIED = [
  'EACCES',
  'EPERM',
  'SQLITE_CANTOPEN',
  'SQLITE_READONLY',
  'SQLITE_PERM',
  'SQLITE_AUTH',
  'SQLITE_IOERR',
];

const startsWithOneOf = (code: string, prefixes: readonly string[]) =>
  prefixes.some((prefix) => code.startsWith(prefix));

function describingErrors<T>(path: string, access: 'read' | 'write', act: () => T): Result<T> {
  try {
    return ok(act());
  } catch (error) {
    return describeDatabaseError(error, path, access);
  }
}

function errorCode(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}

function makePrivateFile(path: string): void {
  const flags = constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW;
  closeSync(openSync(path, flags, 0o600));
  assertRegularFile(path);
  if ((lstatSync(path).mode & 0o077) !== 0) chmodSync(path, 0o600);
}

function assertRegularFile(path: string): void {
  if (lstatSync(path).isFile()) return;
  throw Object.assign(new Error(`${path} is not a regular file`), { code: 'NOT_A_FILE' });
}

/**
 * Where two processes make the same database at once, SQLite does not wait with this change as it
 * does with others: it says that the database is locked, and means a moment.
 */
function useWriteAheadLog(database: Database): void {
  for (let waitedMs = 0; ; waitedMs += PAUSE_MS) {
    try {
      if (database.pragma('journal_mode', { simple: true }) === 'wal') return;
      database.pragma('journal_mode = WAL');
      return;
    } catch (error) {
      const isHeld = startsWithOneOf(errorCode(error) ?? '', HELD);
      if (!isHeld || waitedMs >= BUSY_TIMEOUT_MS) throw error;
      Atomics.wait(PAUSE, 0, 0, PAUSE_MS);
    }
  }
}

const PAUSE_MS = 10;
const PAUSE = new Int32Array(new SharedArrayBuffer(4));

function openReadOnly(path: string): Database {
  const database = openLasting(path, { readonly: true, timeout: BUSY_TIMEOUT_MS });
  return closingOnError(database, () => database.pragma('schema_version'));
}

/**
 * SQLite wants to put its shared-memory file next to a database in WAL mode. Where it may not, and
 * no log waits to be read, the file alone is the whole truth: read as if it were in rollback mode.
 */
function openCopyInMemory(path: string): Database {
  const wal = lstatSync(`${path}-wal`, { throwIfNoEntry: false });
  if ((wal?.size ?? 0) > 0 || lstatSync(path).size > MAX_BYTES_IN_MEMORY) {
    const error = new Error('its folder cannot be written, and its log was not merged');
    throw Object.assign(error, { code: 'SQLITE_CANTOPEN' });
  }
  const bytes = readFileSync(path);
  bytes.fill(1, 18, 20);
  const database = openLasting(bytes, { readonly: true });
  return closingOnError(database, () => database.pragma('schema_version'));
}

function isFolderReadOnly(error: unknown): boolean {
  const code = errorCode(error) ?? '';
  return code.startsWith('SQLITE_READONLY') || code === 'SQLITE_CANTOPEN';
}

function closingOnError(database: Database, prepare: () => void): Database {
  try {
    prepare();
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}
