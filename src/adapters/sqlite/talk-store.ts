import type { Exchange } from '../../core/models/exchange.ts';
import type { TalkEnd, TalkHead } from '../../core/models/talk.ts';
import { ok } from '../../core/result.ts';
import type { Result } from '../../core/types.ts';
import type { KeptTalk, TalkReader, TalkWriter } from '../../ports.ts';
import type { Database } from './open-database.ts';
import { parseKept } from './parse-kept.ts';
import { createStoreFile } from './store-file.ts';

export type TalkLimits = {
  /** Characters of one exchange, of all of a session, and of all sessions. */
  readonly exchange: number;
  readonly session: number;
  readonly total: number;
};

const LIMITS: TalkLimits = {
  exchange: 4 * 1024 * 1024,
  session: 32 * 1024 * 1024,
  total: 256 * 1024 * 1024,
};

/** What was said with models, in SQLite: a row for each line that spoke, and one for each exchange. */
export function createTalkStore(given: {
  readonly path: string;
  readonly limits?: TalkLimits;
}): TalkReader & TalkWriter {
  const limits = given.limits ?? LIMITS;
  const file = createStoreFile(given.path, [SCHEMA]);
  return {
    list: (session) =>
      file.read(ok({ talks: [], givenUp: 0 }), (db) =>
        ok({ talks: readTalks(db, session), givenUp: givenUpOf(db, session) }),
      ),
    keep: ({ session, command, head }, exchanges, end) =>
      file.write((db) => {
        const talk = talkOf(db, session, command, head);
        for (const exchange of exchanges) addExchange(db, { session, talk, limits }, exchange);
        if (end !== null) {
          db.prepare('UPDATE talks SET end = ? WHERE talk = ?').run(JSON.stringify(end), talk);
        }
        return ok(undefined);
      }),
    forget(session) {
      const forgotten = forget(session);
      if (forgotten.ok) file.shrink();
      return forgotten;
    },
    close: file.close,
  };

  /** Where nothing was ever kept, nothing is made for that. */
  function forget(session: string): Result<void> {
    const count = file.read(ok(0), (db) => ok(countTalks(db, session) + givenUpOf(db, session)));
    if (!count.ok) return count;
    if (count.value === 0) return ok(undefined);
    return file.write((db) => {
      dropTalks(db, session);
      db.prepare('DELETE FROM given_up WHERE session = ?').run(session);
      return ok(undefined);
    });
  }
}

const SCHEMA = `
  CREATE TABLE talks (
    talk INTEGER PRIMARY KEY,
    session TEXT NOT NULL,
    run TEXT NOT NULL,
    command INTEGER NOT NULL,
    head TEXT NOT NULL,
    end TEXT,
    size INTEGER NOT NULL DEFAULT 0,
    left_out INTEGER NOT NULL DEFAULT 0,
    UNIQUE (session, run, command)
  ) STRICT;
  CREATE TABLE exchanges (
    talk INTEGER NOT NULL REFERENCES talks (talk) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    exchange TEXT NOT NULL,
    UNIQUE (talk, number)
  ) STRICT;
  CREATE TABLE given_up (session TEXT PRIMARY KEY, talks INTEGER NOT NULL) STRICT;
`;

function talkOf(db: Database, session: string, command: number, head: TalkHead): number {
  db.prepare('INSERT OR IGNORE INTO talks (session, run, command, head) VALUES (?, ?, ?, ?)').run(
    session,
    head.run,
    command,
    JSON.stringify(head),
  );
  return db
    .prepare('SELECT talk FROM talks WHERE session = ? AND run = ? AND command = ?')
    .pluck()
    .get(session, head.run, command) as number;
}

type Where = { readonly session: string; readonly talk: number; readonly limits: TalkLimits };

function addExchange(db: Database, where: Where, exchange: Exchange | null): void {
  const text = exchange === null ? null : JSON.stringify(exchange);
  if (text === null || !makeRoom(db, where, text.length)) {
    db.prepare('UPDATE talks SET left_out = left_out + 1 WHERE talk = ?').run(where.talk);
    return;
  }
  db.prepare(
    `INSERT INTO exchanges (talk, number, exchange)
     SELECT ?, coalesce(max(number), -1) + 1, ? FROM exchanges WHERE talk = ?`,
  ).run(where.talk, text, where.talk);
  db.prepare('UPDATE talks SET size = size + ? WHERE talk = ?').run(text.length, where.talk);
}

/** What the session that talked last has is worth more than what older ones have. */
function makeRoom(db: Database, { session, limits }: Where, length: number): boolean {
  if (length > limits.exchange) return false;
  const own = db
    .prepare('SELECT coalesce(sum(size), 0) FROM talks WHERE session = ?')
    .pluck()
    .get(session) as number;
  if (own + length > limits.session) return false;
  const sum = db.prepare('SELECT coalesce(sum(size), 0) FROM talks').pluck();
  const oldest = db
    .prepare(
      'SELECT session FROM talks WHERE session <> ? GROUP BY session ORDER BY max(talk) LIMIT 1',
    )
    .pluck();
  while ((sum.get() as number) + length > limits.total) {
    const other = oldest.get(session) as string | undefined;
    if (other === undefined) return false;
    giveUp(db, other);
  }
  return true;
}

function giveUp(db: Database, session: string): void {
  db.prepare(
    `INSERT INTO given_up (session, talks) VALUES (?, ?)
     ON CONFLICT (session) DO UPDATE SET talks = talks + excluded.talks`,
  ).run(session, countTalks(db, session));
  dropTalks(db, session);
}

const countTalks = (db: Database, session: string): number =>
  db.prepare('SELECT count(*) FROM talks WHERE session = ?').pluck().get(session) as number;

const givenUpOf = (db: Database, session: string): number =>
  (db.prepare('SELECT talks FROM given_up WHERE session = ?').pluck().get(session) ?? 0) as number;

function dropTalks(db: Database, session: string): void {
  db.prepare('DELETE FROM exchanges WHERE talk IN (SELECT talk FROM talks WHERE session = ?)').run(
    session,
  );
  db.prepare('DELETE FROM talks WHERE session = ?').run(session);
}

type TalkRow = {
  readonly talk: number;
  readonly head: string;
  readonly end: string | null;
  readonly left_out: number;
};

function readTalks(db: Database, session: string): readonly KeptTalk[] {
  const rows = db.prepare('SELECT * FROM talks WHERE session = ? ORDER BY talk').all(session);
  const texts = db.prepare('SELECT exchange FROM exchanges WHERE talk = ? ORDER BY number').pluck();
  return (rows as readonly TalkRow[]).flatMap((row): readonly KeptTalk[] => {
    const head = parseKept(row.head) as unknown as TalkHead | undefined;
    if (head === undefined) return [];
    const read = (texts.all(row.talk) as readonly string[]).map(
      (text) => parseKept(text) as unknown as Exchange | undefined,
    );
    const exchanges = read.filter((exchange) => exchange !== undefined);
    const damaged = read.length - exchanges.length;
    const end = row.end === null ? undefined : (parseKept(row.end) as unknown as TalkEnd);
    return [{ head, end: end ?? null, exchanges, leftOut: row.left_out + damaged }];
  });
}
