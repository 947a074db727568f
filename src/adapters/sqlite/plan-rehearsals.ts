import { createHash } from 'node:crypto';
import { fail, ok } from '../../core/result.ts';
import type { Rehearsal, Result } from '../../core/types.ts';
import type { Database } from './open-database.ts';
import { parseKept } from './parse-kept.ts';

/** Of this revision. What is kept and cannot be read is no rehearsal. */
export function readRehearsal(db: Database, id: string, planHash: string): Rehearsal | null {
  const text = db.prepare('SELECT document FROM rehearsals WHERE plan = ?').pluck().get(id);
  const kept = typeof text === 'string' ? (parseKept(text) as Rehearsal | null) : null;
  const isWhole = Array.isArray(kept?.steps) && kept?.planHash === planHash;
  return isWhole ? kept : null;
}

export function readRehearsed(db: Database, id: string, hash: string): Result<Uint8Array> {
  const bytes = db
    .prepare('SELECT bytes FROM rehearsed WHERE plan = ? AND hash = ?')
    .pluck()
    .get(id, hash) as Uint8Array | undefined;
  if (bytes !== undefined && createHash('sha256').update(bytes).digest('hex') === hash) {
    return ok(bytes);
  }
  return fail('not-found', `Plan ${id} keeps no rehearsed file with the hash ${hash}.`, {
    hint: `Rehearse it again: plan rehearse ${id}`,
  });
}

export function forgetRehearsal(db: Database, id: string): void {
  db.prepare('DELETE FROM rehearsals WHERE plan = ?').run(id);
  db.prepare('DELETE FROM rehearsed WHERE plan = ?').run(id);
}
