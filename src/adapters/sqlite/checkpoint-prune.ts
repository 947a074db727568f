import { fail, ok } from '../../core/result.ts';
import type { Result } from '../../core/types.ts';
import { noCheckpoint } from './checkpoint-read.ts';
import type { Database } from './open-database.ts';

/** A transaction removes about so much, as its log needs as much room again. */
const BYTES_AT_ONCE = 8 * 1024 * 1024;
const CANDIDATES_AT_ONCE = 200;

export function keptBytes(db: Database): number {
  return db.prepare('SELECT bytes FROM totals').pluck().get() as number;
}

/** Nothing of this is pruned where one of them cannot be. */
export function checkPrunable(db: Database, ids: readonly number[]): Result<void> {
  for (const id of ids) {
    const status = db.prepare('SELECT status FROM checkpoints WHERE id = ?').pluck().get(id);
    if (status === undefined) return noCheckpoint(id);
    if (status !== 'open') continue;
    return fail('busy', `Checkpoint ${id} is open: its step may have to be taken back.`, {
      hint: 'Wait until its plan has ended; one that was interrupted is ended first.',
    });
  }
  return ok(undefined);
}

/** Forgets the first of these, up to the bytes of one transaction; says how many and how much. */
export function forgetSome(db: Database, ids: readonly number[]) {
  const before = keptBytes(db);
  let count = 0;
  for (const id of ids) {
    forget(db, id);
    count++;
    if (before - keptBytes(db) >= BYTES_AT_ONCE) break;
  }
  return { count, freedBytes: before - keptBytes(db) };
}

/** Until all fits: first what was taken back, then what is done; never what a running plan needs. */
export function giveUpOldest(db: Database, plans: ReadonlySet<string>, quotaBytes: number): void {
  const before = keptBytes(db);
  if (before <= quotaBytes) return;
  const candidates = db
    .prepare(
      `SELECT id FROM checkpoints
       WHERE status IN ('undone', 'reverted', 'done')
         AND plan NOT IN (SELECT value FROM json_each(?))
       ORDER BY status = 'done', id LIMIT ${CANDIDATES_AT_ONCE}`,
    )
    .pluck();
  let count = 0;
  while (keptBytes(db) > quotaBytes) {
    const ids = candidates.all(JSON.stringify([...plans])) as number[];
    if (ids.length === 0) break;
    for (const id of ids) {
      if (keptBytes(db) <= quotaBytes) break;
      forget(db, id);
      count++;
    }
  }
  db.prepare(
    'UPDATE totals SET given_up = given_up + ?, given_up_bytes = given_up_bytes + ? - bytes',
  ).run(count, before);
}

/** With the bytes that no other one needs. */
function forget(db: Database, id: number): void {
  const blobs = db
    .prepare('SELECT DISTINCT blob FROM entries WHERE checkpoint = ? AND blob IS NOT NULL')
    .pluck()
    .all(id) as string[];
  db.prepare('DELETE FROM entries WHERE checkpoint = ?').run(id);
  db.prepare('DELETE FROM checkpoints WHERE id = ?').run(id);
  const drop = db.prepare(
    'DELETE FROM blobs WHERE hash = ? AND NOT EXISTS (SELECT 1 FROM entries WHERE blob = hash)',
  );
  for (const hash of blobs) drop.run(hash);
}
