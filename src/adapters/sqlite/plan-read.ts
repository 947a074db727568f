import { fail, ok } from '../../core/result.ts';
import type { Plan, PlanRecord, Result } from '../../core/types.ts';
import type { PlanCard } from '../../ports.ts';
import { findByBeginning } from './find-by-beginning.ts';
import type { Database } from './open-database.ts';
import { readRehearsal } from './plan-rehearsals.ts';
import { type CardRow, type NoteRow, toCard, toPlan, toRecord } from './plan-rows.ts';
import type { PlanRow } from './plan-schema.ts';
import { readStates } from './plan-states.ts';

/** Instead of an id: the plan that was made last. */
const NEWEST = 'latest';

export function listPlans(db: Database): readonly PlanCard[] {
  const rows = db.prepare(
    `SELECT id, goal, status, revision, hash, step_count, created_at, updated_at
     FROM plans ORDER BY number DESC`,
  );
  return (rows.all() as CardRow[]).map(toCard);
}

export function findPlan(db: Database, typed: string): Result<PlanRecord> {
  const row = findRow(db, typed);
  if (!row.ok) return row;
  const { id, revision, hash } = row.value;
  const plan = readRevision(db, id, revision, hash);
  if (!plan.ok) return plan;
  const rehearsal = readRehearsal(db, id, hash);
  return toRecord(row.value, plan.value, readStates(db, id), readNotes(db, id), rehearsal);
}

export function findRevision(db: Database, typed: string, typedHash: string): Result<Plan> {
  const row = findRow(db, typed);
  if (!row.ok) return row;
  const { id } = row.value;
  const kept = db
    .prepare('SELECT revision, hash FROM revisions WHERE plan = ? ORDER BY revision')
    .all(id) as { revision: number; hash: string }[];
  // A plan that came back to what it was has the same revision twice.
  const newestOf = new Map(kept.map(({ revision, hash }) => [hash, revision]));
  const missing = missingPlan(`There is no revision “${typedHash}” of plan ${id}.`);
  const hash = findByBeginning(typedHash, [...newestOf.keys()], 'revisions', missing.error);
  if (!hash.ok) return hash;
  return readRevision(db, id, newestOf.get(hash.value) ?? 0, hash.value);
}

export function readNotes(db: Database, id: string): readonly NoteRow[] {
  const rows = db.prepare(
    'SELECT at, by, what, hash, reason FROM notes WHERE plan = ? ORDER BY number',
  );
  return rows.all(id) as NoteRow[];
}

function findRow(db: Database, typed: string): Result<PlanRow> {
  const ids = db.prepare('SELECT id FROM plans ORDER BY number').pluck().all() as string[];
  const wanted = typed === NEWEST ? (ids.at(-1) ?? typed) : typed;
  const id = findByBeginning(wanted, ids, 'plans', noPlan(typed).error);
  return id.ok ? getRow(db, id.value) : id;
}

/** `id` is all of one. */
export function getRow(db: Database, id: string): Result<PlanRow> {
  const row = db.prepare('SELECT * FROM plans WHERE id = ?').get(id) as PlanRow | undefined;
  return row === undefined ? noPlan(id) : ok(row);
}

function readRevision(db: Database, id: string, revision: number, hash: string): Result<Plan> {
  const row = db
    .prepare('SELECT hash, document FROM revisions WHERE plan = ? AND revision = ?')
    .get(id, revision) as { hash: string; document: string } | undefined;
  // Neither of the two can be told from the other where they differ: no document passes for a plan.
  return toPlan(row?.hash === hash ? row.document : '', id, hash);
}

export const noPlan = (id: string) =>
  missingPlan(id === NEWEST ? 'There is no plan yet.' : `There is no plan “${id}”.`);

const missingPlan = (message: string) =>
  fail('not-found', message, { hint: 'plans lists them; propose makes one.' });
