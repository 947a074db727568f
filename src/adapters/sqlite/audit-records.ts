import type { StoredRecord } from '../../core/audit/record.ts';
import { fail, ok } from '../../core/result.ts';
import type { Result } from '../../core/types.ts';
import type { Database } from './open-database.ts';

/** The statements of a log that is written to. */
export type Records = {
  begin(): void;
  commit(): void;
  rollback(): void;
  last(): Tail | null;
  /** For whom a record was written. */
  owner(sequence: number): Owner;
  hash(sequence: number): string | null;
  mac(sequence: number): string | null;
  insert(record: StoredRecord, mac: string): void;
  /**
   * Commits a record in one statement, if the newest one is the one that it links to and `holds`
   * still does under the lock; else nothing is written, and the answer is false.
   */
  follow(record: StoredRecord, mac: string): boolean;
  forgetMacs(): void;
  deleteBefore(sequence: number): number;
  count(): number;
  /** Sequence and hash of all from `sequence` on. */
  from(sequence: number): Iterable<Link>;
};
type Link = { readonly sequence: number; readonly hash: string };
/** No more than every append needs: columns that are read cost time. */
export type Tail = Pick<StoredRecord, 'sequence' | 'hash' | 'timestamp'>;
export type Owner = Pick<StoredRecord, 'session' | 'mode'>;

/** Makes the tables where there are none. */
export function openRecords(db: Database, holds: () => boolean): Result<Records> {
  const version = db.pragma('user_version', { simple: true });
  if (version === 0) db.transaction(() => db.exec(SCHEMA)).immediate();
  if (version !== 0 && version !== 1) {
    return fail('audit-unreadable', `The audit log has format ${version}, which is too new.`, {
      hint: 'Use the TinyCode that wrote it, or a newer one.',
    });
  }
  db.function('evidence_holds', () => Number(holds()));
  db.exec(FOLLOWING);
  return ok(statementsOf(db));
}

function statementsOf(db: Database): Records {
  const begin = db.prepare('BEGIN IMMEDIATE');
  const commit = db.prepare('COMMIT');
  const rollback = db.prepare('ROLLBACK');
  const last = db
    .prepare('SELECT sequence, hash, timestamp FROM records ORDER BY sequence DESC LIMIT 1')
    .raw();
  const owner = db.prepare('SELECT session, mode FROM records WHERE sequence = ?');
  const hash = db.prepare('SELECT hash FROM records WHERE sequence = ?').pluck();
  const mac = db.prepare('SELECT mac FROM macs WHERE sequence = ?').pluck();
  const insert = db.prepare('INSERT INTO records VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const insertMac = db.prepare('INSERT OR REPLACE INTO macs VALUES (?, ?)');
  const follow = db.prepare('INSERT INTO following VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const from = db.prepare(
    'SELECT sequence, hash FROM records WHERE sequence >= ? ORDER BY sequence LIMIT 1000',
  );
  return {
    begin: () => void begin.run(),
    commit: () => void commit.run(),
    // A full disk makes SQLite roll back by itself.
    rollback: () => void (db.inTransaction && rollback.run()),
    last: () => {
      const row = last.get() as [number, string, string] | undefined;
      return row === undefined ? null : { sequence: row[0], hash: row[1], timestamp: row[2] };
    },
    owner: (sequence) => owner.get(sequence) as Owner,
    hash: (sequence) => (hash.get(sequence) as string | undefined) ?? null,
    mac: (sequence) => (mac.get(sequence) as string | undefined) ?? null,
    insert: (record, recordMac) => {
      insert.run(...columnsOf(record));
      insertMac.run(record.sequence, recordMac);
    },
    follow: (record, recordMac) => {
      try {
        follow.run(...columnsOf(record), recordMac);
        return true;
      } catch (error) {
        if (isTurnedDown(error)) return false;
        throw error;
      }
    },
    forgetMacs: () => db.exec('DELETE FROM macs'),
    deleteBefore: (sequence) =>
      db.prepare('DELETE FROM records WHERE sequence < ?').run(sequence).changes,
    count: () => db.prepare('SELECT count(*) FROM records').pluck().get() as number,
    *from(sequence) {
      for (let next = sequence; ; ) {
        const page = from.all(next) as Link[];
        yield* page;
        const last = page.at(-1);
        if (last === undefined) return;
        next = last.sequence + 1;
      }
    },
  };
}

const columnsOf = (record: StoredRecord) =>
  [
    record.sequence,
    record.timestamp,
    record.session,
    record.action,
    record.mode,
    record.user,
    record.details,
    record.risk_level,
    record.previous_hash,
    record.hash,
  ] as const;

const isTurnedDown = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'SQLITE_CONSTRAINT_TRIGGER';

/** `macs` holds those of the current epoch only: they make up for lines that the journal lost. */
const SCHEMA = `
  CREATE TABLE IF NOT EXISTS records (
    sequence INTEGER PRIMARY KEY,
    timestamp TEXT NOT NULL,
    session TEXT NOT NULL,
    action TEXT NOT NULL,
    mode TEXT NOT NULL,
    user TEXT NOT NULL,
    details TEXT NOT NULL,
    risk_level TEXT NOT NULL,
    previous_hash TEXT NOT NULL,
    hash TEXT NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS macs (sequence INTEGER PRIMARY KEY, mac TEXT NOT NULL) STRICT;
  PRAGMA user_version = 1;
`;

/**
 * Every call of SQLite costs most of its time on the way there, and after a sync of the disk three
 * times as much. So what an append asks and writes is one statement; its names live as long as the
 * connection.
 */
const FOLLOWING = `
  PRAGMA temp_store = MEMORY;
  CREATE TEMP VIEW following AS SELECT *, '' AS mac FROM records;
  CREATE TEMP TRIGGER follow INSTEAD OF INSERT ON following BEGIN
    SELECT RAISE(ABORT, 'not the next') WHERE NOT evidence_holds() OR NEW.previous_hash IS NOT
      (SELECT hash FROM records ORDER BY sequence DESC LIMIT 1);
    INSERT INTO records VALUES (
      NEW.sequence, NEW.timestamp, NEW.session, NEW.action, NEW.mode, NEW.user, NEW.details,
      NEW.risk_level, NEW.previous_hash, NEW.hash
    );
    INSERT OR REPLACE INTO macs VALUES (NEW.sequence, NEW.mac);
  END;
`;
