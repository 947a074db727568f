import { fail, ok } from '../../core/result.ts';
import type { Plan, Result } from '../../core/types.ts';
import type { Clock, PlanReader, PlanWriter } from '../../ports.ts';
import { keepRehearsal } from './keep-rehearsal.ts';
import type { PlanChange } from './plan-change.ts';
import { approve, note, setStatus, takeApproval } from './plan-decide.ts';
import { findPlan, findRevision, listPlans, noPlan } from './plan-read.ts';
import { readRehearsed } from './plan-rehearsals.ts';
import { addPlan, addRevision, checkAmendable, dropPlan } from './plan-revise.ts';
import { PLAN_SCHEMA, REHEARSAL_SCHEMA } from './plan-schema.ts';
import { createStoreFile } from './store-file.ts';

export type PlanStoreOptions = { readonly path: string; readonly clock: Clock };

/** Of one revision, as text; many times what a plan of ten thousand steps takes. */
const MAX_DOCUMENT_LENGTH = 128 * 1024 * 1024;

/**
 * Plans in SQLite: a row each, every revision as the text that was reviewed, and what was said and
 * done about it. Only its newest revision can be approved, and an approval can be taken once.
 */
export function createPlanStore({ path, clock }: PlanStoreOptions): PlanReader & PlanWriter {
  const file = createStoreFile(path, [PLAN_SCHEMA, REHEARSAL_SCHEMA]);

  return {
    list: () => file.read(ok([]), (db) => ok(listPlans(db))),
    find: (id) => file.read(noPlan(id), (db) => findPlan(db, id)),
    revision: (id, hash) => file.read(noPlan(id), (db) => findRevision(db, id, hash)),
    rehearsed: (id, hash) => file.read(noPlan(id), (db) => readRehearsed(db, id, hash)),
    keepRehearsal: (id, rehearsal, blobs) =>
      change((its) => keepRehearsal(its, id, rehearsal, blobs)),
    keep: (plan, findings, says, replaces) => {
      const document = toDocument(plan);
      if (!document.ok) return document;
      return change((its) => {
        const isAmended = replaces !== null;
        const begun = isAmended ? checkAmendable(its, plan.id, replaces) : addPlan(its, plan.id);
        if (!begun.ok) return begun;
        return addRevision(its, plan, document.value, findings, says, isAmended);
      });
    },
    approve: (approval, reason) => change((its) => approve(its, approval, reason)),
    use: (approval) => change((its) => takeApproval(its, approval)),
    note: (id, what, says) => change((its) => note(its, id, what, says)),
    setStatus: (id, status, steps) => change((its) => setStatus(its, id, status, steps)),
    drop: (id) => {
      const dropped = change((its) => dropPlan(its, id));
      if (dropped.ok) file.shrink();
      return dropped;
    },
    close: file.close,
  };

  function change<T>(make: (change: PlanChange) => Result<T>): Result<T> {
    return file.write((db) => make({ db, now: clock.now().toISOString() }));
  }
}

function toDocument(plan: Plan): Result<string> {
  const document = stringify(plan);
  if (document !== null && document.length <= MAX_DOCUMENT_LENGTH) return ok(document);
  return fail('limit', `Plan ${plan.id} is too large to be kept.`, {
    hint: 'Divide it into several plans.',
  });
}

/** Null where no text can be so long. */
function stringify(plan: Plan): string | null {
  try {
    return JSON.stringify(plan);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
