import { fail, ok } from '../../core/result.ts';
import type { Approval, PlanNote, PlanStatus, Result, StepState } from '../../core/types.ts';
import {
  addNote,
  hasChanged,
  isRunning,
  type PlanChange,
  type Says,
  touch,
} from './plan-change.ts';
import { getRow } from './plan-read.ts';
import { approvalText } from './plan-rows.ts';
import { changeStates } from './plan-states.ts';

/** Who stands in the history for what happens while a plan runs. */
const ITSELF = 'tinycode';
/** Of a plan that is done some steps may still wait; that is for the one who approves to see. */
const APPROVABLE: readonly string[] = [
  'proposed',
  'approved',
  'done',
  'failed',
  'cancelled',
  'interrupted',
  'rolled-back',
] satisfies readonly PlanStatus[];

const UNAPPROVED: readonly string[] = ['proposed', 'rejected'] satisfies readonly PlanStatus[];

export function approve(change: PlanChange, approval: Approval, reason?: string): Result<void> {
  const { plan: id, planHash, by } = approval;
  const row = getRow(change.db, id);
  if (!row.ok) return row;
  if (row.value.hash !== planHash) return hasChanged(id);
  if (!APPROVABLE.includes(row.value.status)) {
    return fail('changed', `Plan ${id} is ${row.value.status}: it cannot be approved.`, {
      hint: 'Look at it again. What is rejected can be amended first.',
    });
  }
  change.db
    .prepare("UPDATE plans SET status = 'approved', approval = ? WHERE id = ?")
    .run(approvalText(approval), id);
  const says = reason === undefined ? { by } : { by, reason };
  addNote(change, row.value, 'approved', says);
  return ok(undefined);
}

/** Of two who come with the same approval one finds that it is gone. */
export function takeApproval(change: PlanChange, approval: Approval): Result<void> {
  const { plan: id, planHash } = approval;
  const { changes } = change.db
    .prepare('UPDATE plans SET approval = NULL WHERE id = ? AND hash = ? AND approval = ?')
    .run(id, planHash, approvalText(approval));
  if (changes === 0) {
    return fail('needs-approval', `Plan ${id} has no such approval, or it was used.`, {
      hint: 'Look at the plan and approve it again.',
    });
  }
  touch(change, id);
  return ok(undefined);
}

export function note(
  change: PlanChange,
  id: string,
  what: PlanNote['what'],
  says: Says,
): Result<void> {
  const row = getRow(change.db, id);
  if (!row.ok) return row;
  if (what === 'rejected') {
    const { status } = row.value;
    if (status === 'running') return isRunning(id);
    if (status === 'done') {
      return fail('changed', `Plan ${id} is done already.`, {
        hint: 'rollback takes back what it did.',
      });
    }
    change.db.prepare("UPDATE plans SET status = 'rejected', approval = NULL WHERE id = ?").run(id);
  }
  addNote(change, row.value, what, says);
  return ok(undefined);
}

/**
 * An approval that was not used holds as long as the plan is approved, and no longer. What nobody
 * has approved does not run, so an amendment cannot slip in behind an approval that was used.
 */
export function setStatus(
  change: PlanChange,
  id: string,
  status: PlanStatus,
  steps: readonly StepState[],
): Result<void> {
  const { db } = change;
  const row = getRow(db, id);
  if (!row.ok) return row;
  const { status: before, approval } = row.value;
  if (status === 'running' && UNAPPROVED.includes(before)) return hasChanged(id);
  const changed = changeStates(db, id, steps);
  if (!changed.ok) return changed;
  db.prepare('UPDATE plans SET status = ?, approval = ? WHERE id = ?').run(
    status,
    status === 'approved' ? approval : null,
    id,
  );
  if (status === before) touch(change, id);
  else addNote(change, row.value, status, { by: ITSELF });
  return ok(undefined);
}
