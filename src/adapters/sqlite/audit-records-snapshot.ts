import type { RecordsSnapshot, Row } from '../../core/audit/snapshot.ts';
import type { Database } from './open-database.ts';

export const NO_RECORDS: RecordsSnapshot = {
  first: 0,
  last: 0,
  count: () => 0,
  links: () => null,
  rows: () => ({ rows: [], damage: null }),
  mac: () => null,
};

/** A read transaction, which lasts until the database is closed. */
export function snapshotRecords(db: Database): RecordsSnapshot {
  db.pragma(`cache_size = ${CACHED_PAGES}`);
  db.exec('BEGIN');
  const hasTable = db.prepare("SELECT count(*) FROM sqlite_master WHERE name = 'records'").pluck();
  if (hasTable.get() === 0) return NO_RECORDS;
  const range = db.prepare(RANGE);
  const { first, last } = range.get() as { first: unknown; last: unknown };
  if (first === null) return NO_RECORDS;
  if (!Number.isSafeInteger(first) || !Number.isSafeInteger(last)) {
    throw Object.assign(new Error('the sequence of a record is no number'), {
      code: 'SQLITE_FORMAT',
    });
  }
  const links = db.prepare(LINKS).raw();
  const rows = db.prepare(ROWS);
  return {
    first: first as number,
    // A record before the first is one that nobody wrote; so the log is not empty.
    last: Math.max(last as number, 1),
    count: () =>
      orWhenDamaged(0, () => db.prepare('SELECT count(*) FROM records').pluck().get() as number),
    // Whoever misses some of them asks for the rows, and those say what is damaged.
    links: (after, upTo) =>
      orWhenDamaged(null, () => {
        const [hashes, previous, texts] = links.get(after, upTo) as unknown[];
        const areTexts = typeof hashes === 'string' && typeof previous === 'string';
        return areTexts && texts instanceof Uint8Array ? { hashes, previous, texts } : null;
      }),
    rows: (after, upTo) => {
      const all = orWhenDamaged(null, () => rows.all(after, upTo) as Row[]);
      return all === null ? readUpToDamage(db, after, upTo) : { rows: all, damage: null };
    },
    mac: (sequence) =>
      orWhenDamaged(null, () => {
        const mac = db.prepare('SELECT mac FROM macs WHERE sequence = ?').pluck().get(sequence);
        return typeof mac === 'string' ? mac : null;
      }),
  };
}

/** One by one, so that what lies before the damage is still there to be judged. */
function readUpToDamage(db: Database, after: number, upTo: number) {
  const next = db.prepare(`${ROWS} LIMIT 1`);
  const rows: Row[] = [];
  try {
    for (let last = after; last < upTo; ) {
      const row = next.get(last, upTo) as Row | undefined;
      if (row === undefined) break;
      rows.push(row);
      last = Number(row.sequence);
    }
    return { rows, damage: null };
  } catch (error) {
    if (!isDamage(error)) throw error;
    return { rows, damage: error.message };
  }
}

function orWhenDamaged<T>(instead: T, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (isDamage(error)) return instead;
    throw error;
  }
}

const isDamage = (error: unknown): error is Error =>
  error instanceof Error &&
  'code' in error &&
  typeof error.code === 'string' &&
  error.code.startsWith('SQLITE_');

/** Records are read once, in order: memory that is used again is quicker than memory that is new. */
const CACHED_PAGES = 100;

/** Asked for together, the two would be looked for in every record. */
const RANGE = `
  SELECT (SELECT min(sequence) FROM records) AS first, (SELECT max(sequence) FROM records) AS last`;

/**
 * SQLite joins the canonical JSON of many records to one text, which is read far faster than ten
 * columns of each. No line break stands in canonical JSON, so one that somebody put into a column
 * makes a line too many. `concat` keeps every byte, a NUL too, and `json_quote` writes strings as
 * RFC 8785 does. Wherever something differs, the records are looked at again column by column,
 * and that alone decides.
 */
const LINKS = `
  SELECT group_concat(hash, '\n'), group_concat(previous_hash, '\n'),
    CAST(group_concat(concat(
      previous_hash, '{"action":', json_quote(action), ',"details":', details,
      ',"mode":', json_quote(mode), ',"previous_hash":"', previous_hash,
      '","risk_level":', json_quote(risk_level), ',"sequence":', sequence,
      ',"session":', json_quote(session), ',"timestamp":', json_quote(timestamp),
      ',"user":', json_quote(user), '}'), '\n') AS BLOB)
  FROM records WHERE sequence > ? AND sequence <= ?`;

const ROWS = `
  SELECT sequence, timestamp, session, action, mode, user, details, risk_level, previous_hash, hash
  FROM records WHERE sequence > ? AND sequence <= ? ORDER BY sequence`;
