import { fail, ok } from '../../core/result.ts';
import type { Result } from '../../core/types.ts';
import {
  type Database,
  describeDatabaseError,
  openForReading,
  openForWriting,
} from './open-database.ts';

/** A database that is opened, and made, only when it is first needed. */
export type StoreFile = {
  /** One snapshot; `empty` where nothing was ever kept, as looking makes nothing. */
  read<T>(empty: Result<T>, look: (db: Database) => Result<T>): Result<T>;
  /** All of it is on the disk when this returns, or nothing where it fails. */
  write<T>(change: (db: Database) => Result<T>): Result<T>;
  /** Gives pages that are no longer needed back to the disk, as far as it can now. */
  shrink(): void;
  close(): void;
};

/** A log that once was large does not stay so. */
const MAX_LOG_BYTES = 16 * 1024 * 1024;

/**
 * The file's version is how many of the schemas it has: those that came later are added to it the
 * first time that it is opened with them.
 */
export function createStoreFile(path: string, schemas: readonly string[]): StoreFile {
  const newest = schemas.length;
  let writable: Database | null = null;
  let readable: Database | null = null;

  return {
    read: (empty, look) =>
      describingErrors('read', () => {
        const opened = openReadable();
        if (!opened.ok) return opened.error.code === 'not-found' ? empty : opened;
        const version = versionOf(opened.value);
        if (version === 0) return empty;
        if (version > newest) return isNewer();
        const upToDate = version < newest ? openWritable() : opened;
        return upToDate.ok ? inTransaction(upToDate.value, 'BEGIN', look) : upToDate;
      }),
    write: (change) =>
      describingErrors('write', () => {
        const opened = openWritable();
        return opened.ok ? inTransaction(opened.value, 'BEGIN IMMEDIATE', change) : opened;
      }),
    shrink() {
      try {
        writable?.exec('PRAGMA incremental_vacuum; PRAGMA wal_checkpoint(TRUNCATE)');
      } catch {
        // What was asked for is done and on the disk; the pages are used again, or freed next time.
      }
    },
    close() {
      writable?.close();
      readable?.close();
      writable = null;
      readable = null;
    },
  };

  function openReadable(): Result<Database> {
    if (writable !== null) return ok(writable);
    if (readable !== null) return ok(readable);
    const opened = openForReading(path);
    if (opened.ok) readable = opened.value;
    return opened;
  }

  function openWritable(): Result<Database> {
    if (writable !== null) return ok(writable);
    const opened = openForWriting(path, { canShrink: true });
    if (!opened.ok) return opened;
    const db = opened.value;
    try {
      db.pragma(`journal_size_limit = ${MAX_LOG_BYTES}`);
      const prepared = inTransaction(db, 'BEGIN IMMEDIATE', prepareTables);
      if (!prepared.ok) return prepared;
      writable = db;
      return opened;
    } finally {
      if (writable === null) db.close();
    }
  }

  function prepareTables(db: Database): Result<void> {
    const version = versionOf(db);
    if (version > newest) return isNewer();
    if (version < newest) {
      for (const schema of schemas.slice(version)) db.exec(schema);
      db.pragma(`user_version = ${newest}`);
    }
    return ok(undefined);
  }

  function isNewer(): Result<never> {
    return fail('unreadable', `${path} was made by a newer TinyCode.`, {
      hint: 'Nothing was overwritten. Use the TinyCode that made it.',
    });
  }

  function describingErrors<T>(access: 'read' | 'write', work: () => Result<T>): Result<T> {
    try {
      return work();
    } catch (error) {
      return describeDatabaseError(error, path, access);
    }
  }
}

const versionOf = (db: Database): number => db.pragma('user_version', { simple: true }) as number;

/** A failure takes back all that was done, as an error does. */
function inTransaction<T>(
  db: Database,
  begin: 'BEGIN' | 'BEGIN IMMEDIATE',
  work: (db: Database) => Result<T>,
): Result<T> {
  db.prepare(begin).run();
  try {
    const result = work(db);
    if (result.ok) db.prepare('COMMIT').run();
    return result;
  } finally {
    if (db.inTransaction) db.prepare('ROLLBACK').run();
  }
}
