import { fail, ok } from '../../core/result.ts';
import type { Finding, Plan, PlanRecord, Result } from '../../core/types.ts';
import { addNote, hasChanged, isRunning, type PlanChange, type Says } from './plan-change.ts';
import { getRow, readNotes } from './plan-read.ts';
import { forgetRehearsal } from './plan-rehearsals.ts';
import { toRecord } from './plan-rows.ts';
import { readStates, resetStates } from './plan-states.ts';

/** A row that waits for its first revision. */
export function addPlan({ db, now }: PlanChange, id: string): Result<void> {
  if (getRow(db, id).ok) {
    return fail('changed', `There is a plan ${id} already.`, {
      hint: 'Amend that one, or give the new one another id.',
    });
  }
  db.prepare(
    `INSERT INTO plans
       (id, goal, status, revision, hash, step_count, created_at, updated_at, findings)
     VALUES (?, '', 'proposed', 0, '', 0, ?, ?, '[]')`,
  ).run(id, now, now);
  return ok(undefined);
}

export function checkAmendable({ db }: PlanChange, id: string, replaces: string): Result<void> {
  const row = getRow(db, id);
  if (!row.ok) return row;
  if (row.value.status === 'running') return isRunning(id);
  return row.value.hash === replaces ? ok(undefined) : hasChanged(id);
}

/** Nobody has approved what is new: the approval goes, whatever it was. */
export function addRevision(
  change: PlanChange,
  plan: Plan,
  document: string,
  findings: readonly Finding[],
  says: Says,
  isAmended: boolean,
): Result<PlanRecord> {
  const { db } = change;
  const { id, goal, hash } = plan;
  db.prepare(
    `UPDATE plans SET goal = ?, status = 'proposed', revision = revision + 1, hash = ?,
       step_count = ?, approval = NULL, findings = ?
     WHERE id = ?`,
  ).run(goal, hash, plan.steps.length, JSON.stringify(findings), id);
  forgetRehearsal(db, id);
  const reset = resetStates(db, plan);
  if (!reset.ok) return reset;
  db.prepare(
    'INSERT INTO revisions (plan, revision, hash, document) SELECT id, revision, hash, ? FROM plans WHERE id = ?',
  ).run(document, id);
  addNote(change, plan, isAmended ? 'amended' : 'proposed', says);
  const row = getRow(db, id);
  return row.ok ? toRecord(row.value, plan, readStates(db, id), readNotes(db, id), null) : row;
}

export function dropPlan({ db }: PlanChange, id: string): Result<void> {
  const row = getRow(db, id);
  if (!row.ok) return row;
  if (row.value.status === 'running') return isRunning(id);
  // Its revisions, its history and the states of its steps go with it.
  db.prepare('DELETE FROM plans WHERE id = ?').run(id);
  return ok(undefined);
}
