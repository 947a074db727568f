import { fail, ok } from '../../core/result.ts';
import type { Plan, Result, StepState } from '../../core/types.ts';
import type { Database } from './open-database.ts';
import { hasChanged } from './plan-change.ts';

/** All steps wait anew. */
export function resetStates(db: Database, plan: Plan): Result<void> {
  const ids = new Set(plan.steps.map(({ id }) => id));
  if (ids.size < plan.steps.length) {
    return fail('invalid', `Plan ${plan.id} has two steps with the same id.`, {
      hint: 'Give every step an id of its own.',
    });
  }
  db.prepare('DELETE FROM states WHERE plan = ?').run(plan.id);
  const insert = db.prepare('INSERT INTO states (plan, step, ordinal, state) VALUES (?, ?, ?, ?)');
  for (const [ordinal, { id }] of plan.steps.entries()) {
    const state: StepState = { id, status: 'waiting' };
    insert.run(plan.id, id, ordinal, JSON.stringify(state));
  }
  return ok(undefined);
}

/** In the order of the steps, as they are kept. */
export function readStates(db: Database, id: string): readonly string[] {
  const rows = db.prepare('SELECT state FROM states WHERE plan = ? ORDER BY ordinal').pluck();
  return rows.all(id) as string[];
}

/** Those that are not named stay as they are. */
export function changeStates(db: Database, id: string, steps: readonly StepState[]): Result<void> {
  const update = db.prepare('UPDATE states SET state = ? WHERE plan = ? AND step = ?');
  const unknown = steps.find((step) => update.run(JSON.stringify(step), id, step.id).changes === 0);
  return unknown === undefined ? ok(undefined) : hasChanged(id);
}
