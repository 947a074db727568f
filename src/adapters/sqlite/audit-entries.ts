import { TEXT_COLUMNS } from '../../core/audit/record.ts';
import { fail, ok } from '../../core/result.ts';
import type { AuditEntry, Json, JsonObject, Result } from '../../core/types.ts';
import type { AuditFilter } from '../../ports.ts';
import type { AuditFiles } from './audit-files.ts';
import { type Database, openForReading } from './open-database.ts';

/** A list is held in memory and shown; whoever wants more exports. */
const MAX_LISTED = 10_000;

/** The newest entries that pass the filter, in order of sequence. */
export function listEntries(files: AuditFiles, filter: AuditFilter): Result<readonly AuditEntry[]> {
  return withDatabase(files, (db) => {
    if (!hasRecords(db)) return ok([]);
    const { where, values } = conditionsOf(filter);
    const limit = Math.min(filter.last ?? MAX_LISTED, MAX_LISTED);
    const rows = db
      .prepare(`SELECT ${COLUMNS} FROM records WHERE ${where} ORDER BY sequence DESC LIMIT ?`)
      .all(...values, limit) as EntryRow[];
    const entries = rows.reverse().map(toEntry);
    const bad = entries.indexOf(null);
    if (bad < 0) return ok(entries as readonly AuditEntry[]);
    return fail('audit-unreadable', `Record ${rows[bad]?.sequence} cannot be read.`, {
      hint: 'Run audit verify.',
    });
  });
}

/** All entries, read as they are asked for. */
export function readEntries(files: AuditFiles): Result<Iterable<AuditEntry>> {
  const readable = withDatabase(files, (db) => ok(hasRecords(db)));
  if (!readable.ok) return readable;
  return ok(readable.value ? { [Symbol.iterator]: () => iterate(files) } : []);
}

/** Whoever iterates has verified before: what cannot be read now has changed since, and throws. */
function* iterate(files: AuditFiles): Generator<AuditEntry> {
  const db = openForReading(files.database);
  if (!db.ok) throw new Error(db.error.message);
  try {
    // One snapshot for all pages; closing ends it.
    db.value.exec('BEGIN');
    const page = db.value.prepare(PAGE);
    for (let after = Number.MIN_SAFE_INTEGER; ; ) {
      const rows = page.all(after) as EntryRow[];
      for (const row of rows) {
        const entry = toEntry(row);
        if (entry === null)
          throw new Error(`Record ${row.sequence} of the audit log cannot be read.`);
        yield entry;
        after = row.sequence;
      }
      if (rows.length === 0) return;
    }
  } finally {
    db.value.close();
  }
}

/** Damage can make a blob of a text without changing a byte of it; verification sees the bytes. */
const COLUMNS = [
  'sequence',
  ...TEXT_COLUMNS.map((name) => `CAST(${name} AS TEXT) AS ${name}`),
].join(', ');

const PAGE = `SELECT ${COLUMNS} FROM records WHERE sequence > ? ORDER BY sequence LIMIT 500`;

function withDatabase<T>(files: AuditFiles, use: (db: Database) => Result<T>): Result<T> {
  const db = openForReading(files.database);
  if (!db.ok) return db;
  try {
    return use(db.value);
  } finally {
    db.value.close();
  }
}

const hasRecords = (db: Database): boolean =>
  db.prepare("SELECT count(*) FROM sqlite_master WHERE name = 'records'").pluck().get() !== 0;

/** Times are compared as text, so a date stands for its whole day, a month for all of it. */
function conditionsOf(filter: AuditFilter) {
  const conditions: readonly (readonly [string, string | undefined])[] = [
    ['timestamp >= ?', filter.since],
    ['timestamp <= ?', filter.until === undefined ? undefined : `${filter.until}\u{10ffff}`],
    ['session GLOB ?', filter.session === undefined ? undefined : `${filter.session}*`],
    ['action GLOB ?', filter.action],
    ['risk_level = ?', filter.risk],
    ["instr(lower(action || ' ' || details), lower(?)) > 0", filter.contains],
  ];
  const given = conditions.filter(([, value]) => value !== undefined);
  return {
    where: ['1', ...given.map(([condition]) => condition)].join(' AND '),
    values: given.map(([, value]) => value as string),
  };
}

type EntryRow = Omit<AuditEntry, 'details'> & { readonly details: string };

function toEntry(row: EntryRow): AuditEntry | null {
  try {
    const details = JSON.parse(row.details) as Json;
    const isObject = details !== null && typeof details === 'object' && !Array.isArray(details);
    return isObject ? { ...row, details: details as JsonObject } : null;
  } catch {
    return null;
  }
}
