import { fail } from '../../core/result.ts';
import type { PlanNote } from '../../core/types.ts';
import type { Database } from './open-database.ts';

/** One transaction in which a plan is changed, and its time. */
export type PlanChange = { readonly db: Database; readonly now: string };
export type Says = Pick<PlanNote, 'by' | 'reason'>;

/** Every change of a plan is a line of its history. */
export function addNote(
  { db, now }: PlanChange,
  plan: { readonly id: string; readonly hash: string },
  what: PlanNote['what'],
  { by, reason }: Says,
): void {
  const { id, hash } = plan;
  db.prepare('INSERT INTO notes (plan, at, by, what, hash, reason) VALUES (?, ?, ?, ?, ?, ?)').run(
    id,
    now,
    by,
    what,
    hash,
    reason ?? null,
  );
  touch({ db, now }, id);
}

/** A clock that was put back takes no plan back. */
export function touch({ db, now }: PlanChange, id: string): void {
  db.prepare('UPDATE plans SET updated_at = max(updated_at, ?) WHERE id = ?').run(now, id);
}

export const hasChanged = (id: string) =>
  fail('changed', `Plan ${id} is no longer what was looked at.`, {
    hint: 'Look at its newest revision, then decide again.',
  });

export const isRunning = (id: string) =>
  fail('busy', `Plan ${id} is running.`, { hint: 'Wait until it has ended, or cancel it.' });
