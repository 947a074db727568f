import { createHash } from 'node:crypto';
import { ok } from '../../core/result.ts';
import type { ChatEnd, Json } from '../../core/types.ts';
import type { AnswerStore, Clock } from '../../ports.ts';
import type { Database } from './open-database.ts';
import { parseKept } from './parse-kept.ts';
import { createStoreFile } from './store-file.ts';

export type AnswerLimits = {
  readonly answers: number;
  /** Characters of one answer, and of all of them. */
  readonly answerChars: number;
  readonly totalChars: number;
  readonly ageMs: number;
};

const DAY_MS = 24 * 3_600_000;
const LIMITS: AnswerLimits = {
  answers: 500,
  answerChars: 1024 * 1024,
  totalChars: 32 * 1024 * 1024,
  ageMs: 30 * DAY_MS,
};

/** That an answer was used again is written down no more often. */
const USED_MS = 3_600_000;

/**
 * Answers that outlive the process, in SQLite. The one that was not used for the longest goes first.
 * It only saves time, so whatever is wrong with it means that nothing is known: once it fails it is
 * left alone.
 */
export function createAnswerStore(given: {
  readonly path: string;
  readonly clock: Pick<Clock, 'now'>;
  readonly limits?: AnswerLimits;
}): AnswerStore {
  const limits = given.limits ?? LIMITS;
  const file = createStoreFile(given.path, [SCHEMA]);
  const now = (): number => given.clock.now().getTime();
  let isUsable = true;

  return {
    read(key) {
      const row = attempt(() => file.read(ok(undefined), (db) => ok(find(db, key))));
      if (row === undefined || row.made_at < now() - limits.ageMs) return undefined;
      const end = row.sum === sumOf(key, row.answer) ? parseKept(row.answer) : undefined;
      if (!isChatEnd(end)) return undefined;
      if (row.used_at < now() - USED_MS) {
        const USE = 'UPDATE answers SET used_at = ? WHERE key = ?';
        attempt(() => file.write((db) => ok(db.prepare(USE).run(now(), key))));
      }
      return end;
    },
    write(key, end) {
      const answer = JSON.stringify(end);
      if (answer.length > limits.answerChars) return;
      attempt(() =>
        file.write((db) => {
          const values = [key, answer, sumOf(key, answer), answer.length, now(), now()];
          db.prepare('INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?, ?, ?)').run(...values);
          dropMost(db, now() - limits.ageMs, limits);
          return ok(undefined);
        }),
      );
    },
  };

  function attempt<T>(act: () => { ok: true; value: T } | { ok: false }): T | undefined {
    if (!isUsable) return undefined;
    try {
      const result = act();
      isUsable = result.ok;
      return result.ok ? result.value : undefined;
    } catch {
      isUsable = false;
      return undefined;
    }
  }
}

const SCHEMA = `
  CREATE TABLE answers (
    key TEXT PRIMARY KEY,
    answer TEXT NOT NULL,
    sum TEXT NOT NULL,
    size INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    used_at INTEGER NOT NULL
  ) STRICT;
`;

type Row = {
  readonly answer: string;
  readonly sum: string;
  readonly made_at: number;
  readonly used_at: number;
};

const find = (db: Database, key: string): Row | undefined =>
  db.prepare('SELECT answer, sum, made_at, used_at FROM answers WHERE key = ?').get(key) as
    | Row
    | undefined;

function dropMost(db: Database, madeBefore: number, limits: AnswerLimits): void {
  db.prepare('DELETE FROM answers WHERE made_at < ?').run(madeBefore);
  db.prepare(
    `DELETE FROM answers WHERE key IN (
       SELECT key FROM (
         SELECT key, sum(size) OVER newest AS chars, row_number() OVER newest AS place
         FROM answers WINDOW newest AS (ORDER BY used_at DESC, rowid DESC)
       ) WHERE chars > ? OR place > ?
     )`,
  ).run(limits.totalChars, limits.answers);
}

const sumOf = (key: string, answer: string): string =>
  createHash('sha256').update(`${key}\n${answer}`).digest('hex');

/** What another version has written may lack something. */
function isChatEnd(value: Json | undefined): value is Json & ChatEnd {
  if (typeof value !== 'object' || value === null || !('text' in value)) return false;
  const { text, thinking, calls, why, promptTokens } = value as Partial<ChatEnd>;
  return (
    typeof text === 'string' &&
    typeof thinking === 'string' &&
    Array.isArray(calls) &&
    typeof why === 'string' &&
    typeof promptTokens === 'number'
  );
}
