import { fail, ok } from '../../core/result.ts';
import type { Door, Event, Level, Mode, Result } from '../../core/types.ts';
import type { Clock, SessionCard, SessionReader, SessionWriter } from '../../ports.ts';
import {
  type Database,
  describeDatabaseError,
  openForReading,
  openForWriting,
} from './open-database.ts';

/** Who holds a session: a process that may be gone, and when it was born, as pids come again. */
export type Processes = {
  readonly own: Holder;
  isAlive(holder: Holder): boolean;
};
export type Holder = { readonly pid: number; readonly born: string };

export type SessionStoreOptions = {
  readonly clock: Clock;
  readonly processes: Processes;
  readonly path: string;
};

/** Sessions in SQLite: a row each, and every kept event as it happens. */
export function createSessionStore(options: SessionStoreOptions): SessionReader & SessionWriter {
  const { clock, processes, path } = options;
  let writable: Database | null = null;
  let readable: Database | null = null;

  return {
    list: () =>
      read([], (db) =>
        (db.prepare(`${CARDS} ORDER BY updated_at DESC`).all() as Row[]).map(cardOf),
      ),
    find,
    events: (id) =>
      read([], (db) => {
        const rows = db.prepare('SELECT event FROM events WHERE session = ? ORDER BY number');
        return (rows.all(id) as { event: string }[]).map(({ event }) => JSON.parse(event) as Event);
      }),
    history: (limit) => read([], (db) => readHistory(db, limit)),
    create: ({ id, door, mode, level }) =>
      write((db) => {
        const now = clock.now().toISOString();
        const { pid, born } = processes.own;
        db.prepare(
          `INSERT INTO sessions (id, door, mode, level, created_at, updated_at, holder_pid, holder_born)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
        ).run(id, door, mode, level, now, now, pid, born);
        return ok(undefined);
      }),
    hold: (id) => write((db) => hold(db, id)),
    release: (id) =>
      write((db) => {
        const { pid, born } = processes.own;
        db.prepare(
          `UPDATE sessions SET holder_pid = NULL, holder_born = NULL
           WHERE id = ? AND holder_pid = ? AND holder_born = ?`,
        ).run(id, pid, born);
        return ok(undefined);
      }),
    append: (id, event) =>
      write((db) => {
        db.prepare(
          `INSERT INTO events (session, number, event)
           SELECT ?, coalesce(max(number), -1) + 1, ? FROM events WHERE session = ?`,
        ).run(id, JSON.stringify(event), id);
        return touch(db, id);
      }),
    describe: (id, what) =>
      write((db) => {
        for (const column of ['title', 'mode', 'level'] as const) {
          const value = what[column];
          if (value === undefined) continue;
          db.prepare(`UPDATE sessions SET ${column} = ? WHERE id = ?`).run(value, id);
        }
        return touch(db, id);
      }),
    delete: (id) =>
      write((db) => {
        db.prepare('DELETE FROM events WHERE session = ?').run(id);
        const { changes } = db.prepare('DELETE FROM sessions WHERE id = ?').run(id);
        return changes > 0 ? ok(undefined) : missing(id);
      }),
    close() {
      writable?.close();
      readable?.close();
      writable = null;
      readable = null;
    },
  };

  function find(id: string): Result<SessionCard> {
    const found = read<readonly Row[]>([], (db) => {
      const start = `${id.replaceAll(/[\\%_]/g, '\\$&')}%`;
      return db.prepare(`${CARDS} WHERE id LIKE ? ESCAPE '\\'`).all(start) as Row[];
    });
    if (!found.ok) return found;
    const row = found.value.find((each) => each.id === id) ?? found.value[0];
    if (row === undefined || id === '') return missing(id);
    if (row.id !== id && found.value.length > 1) {
      return fail('usage', `“${id}” is the beginning of ${found.value.length} sessions.`, {
        hint: `There are ${found.value.map((each) => each.id).join(', ')}.`,
      });
    }
    return ok(cardOf(row));
  }

  function hold(db: Database, id: string): Result<void> {
    const { pid, born } = processes.own;
    const row = db.prepare(`${CARDS} WHERE id = ?`).get(id) as Row | undefined;
    if (row === undefined) return missing(id);
    if (isHeld(row) && row.holder_pid !== pid) {
      return fail(
        'busy',
        `Session ${id} is open in another TinyCode (process ${row.holder_pid}).`,
        {
          hint: 'Leave it there, or start without --continue for a new session.',
        },
      );
    }
    db.prepare('UPDATE sessions SET holder_pid = ?, holder_born = ? WHERE id = ?').run(
      pid,
      born,
      id,
    );
    return ok(undefined);
  }

  function touch(db: Database, id: string): Result<void> {
    const now = clock.now().toISOString();
    const { changes } = db
      .prepare('UPDATE sessions SET updated_at = max(updated_at, ?) WHERE id = ?')
      .run(now, id);
    return changes > 0 ? ok(undefined) : missing(id);
  }

  function cardOf(row: Row): SessionCard {
    return {
      id: row.id,
      title: row.title,
      door: row.door,
      mode: row.mode,
      level: row.level,
      createdAt: row.created_at,
      updatedAt: row.updated_at,
      events: row.events,
      isHeld: isHeld(row),
    };
  }

  function isHeld({ holder_pid: pid, holder_born: born }: Row): boolean {
    return pid !== null && born !== null && processes.isAlive({ pid, born });
  }

  /** Where nothing was ever kept there is nothing to read, and looking creates nothing. */
  function read<T>(empty: T, look: (db: Database) => T): Result<T> {
    return describingErrors('read', () => {
      if (writable === null && readable === null) {
        const opened = openForReading(path);
        if (!opened.ok) return opened.error.code === 'not-found' ? ok(empty) : opened;
        readable = opened.value;
      }
      const db = writable ?? readable;
      return ok(db === null ? empty : look(db));
    });
  }

  /** One transaction, so that a crash leaves all of it or nothing. */
  function write<T>(change: (db: Database) => Result<T>): Result<T> {
    return describingErrors('write', () => {
      if (writable === null) {
        const opened = openForWriting(path);
        if (!opened.ok) return opened;
        writable = opened.value;
        // A transcript outlives a crash of the program; that of the machine may cost its last lines.
        writable.pragma('synchronous = NORMAL');
        writable.exec(SCHEMA);
      }
      const db = writable;
      return db.transaction(() => change(db)).immediate();
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

type Row = {
  readonly id: string;
  readonly title: string;
  readonly door: Door;
  readonly mode: Mode;
  readonly level: Level;
  readonly created_at: string;
  readonly updated_at: string;
  readonly holder_pid: number | null;
  readonly holder_born: string | null;
  readonly events: number;
};

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS sessions (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL DEFAULT '',
    door TEXT NOT NULL,
    mode TEXT NOT NULL,
    level TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    holder_pid INTEGER,
    holder_born TEXT
  ) STRICT;
  CREATE TABLE IF NOT EXISTS events (
    session TEXT NOT NULL,
    number INTEGER NOT NULL,
    event TEXT NOT NULL,
    PRIMARY KEY (session, number)
  ) STRICT, WITHOUT ROWID;
`;

const CARDS =
  'SELECT *, (SELECT count(*) FROM events WHERE session = sessions.id) AS events FROM sessions';

/** Lines entered in any session, each once, at the place where it was entered last. */
function readHistory(db: Database, limit: number): readonly string[] {
  const rows = db
    .prepare(
      `SELECT json_extract(event, '$.line') AS line
       FROM events JOIN sessions ON sessions.id = events.session
       WHERE door = 'terminal' AND json_extract(event, '$.kind') = 'line.entered'
       ORDER BY sessions.updated_at DESC, number DESC LIMIT ?`,
    )
    .all(limit) as { line: string }[];
  return [...new Set(rows.map(({ line }) => line))].reverse();
}

const missing = (id: string) =>
  fail('not-found', `There is no session “${id}”.`, { hint: 'sessions lists them.' });
