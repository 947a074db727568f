import { ok } from '../../core/result.ts';
import type { Rehearsal, Result } from '../../core/types.ts';
import { addNote, hasChanged, type PlanChange } from './plan-change.ts';
import { getRow } from './plan-read.ts';
import { forgetRehearsal } from './plan-rehearsals.ts';

/** Who stands in the history: nobody has to say yes to a rehearsal. */
const ITSELF = 'tinycode';

/** In place of an earlier one. */
export function keepRehearsal(
  change: PlanChange,
  id: string,
  rehearsal: Rehearsal,
  blobs: ReadonlyMap<string, Uint8Array>,
): Result<void> {
  const { db } = change;
  const row = getRow(db, id);
  if (!row.ok) return row;
  if (row.value.hash !== rehearsal.planHash) return hasChanged(id);
  forgetRehearsal(db, id);
  db.prepare('INSERT INTO rehearsals (plan, hash, document) VALUES (?, ?, ?)').run(
    id,
    rehearsal.hash,
    JSON.stringify(rehearsal),
  );
  const insert = db.prepare('INSERT INTO rehearsed (plan, hash, bytes) VALUES (?, ?, ?)');
  for (const [hash, bytes] of blobs) insert.run(id, hash, bytes);
  addNote(change, row.value, 'rehearsed', {
    by: ITSELF,
    reason: rehearsal.ok ? 'it came out well' : 'it failed',
  });
  return ok(undefined);
}
