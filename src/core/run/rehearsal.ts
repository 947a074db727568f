import type { PlanHashing } from '../plan/hash-plan.ts';
import type { CheckpointEntry, Json, Plan, Rehearsal, RehearsedStep, Step } from '../types.ts';

/** With the hash over all of it. */
export function sealRehearsal(hashing: PlanHashing, body: Omit<Rehearsal, 'hash'>): Rehearsal {
  return { hash: hashing.sha256(hashing.canonical(body as unknown as Json)), ...body };
}

export function isGenuineRehearsal(hashing: PlanHashing, { hash, ...body }: Rehearsal): boolean {
  return sealRehearsal(hashing, body).hash === hash;
}

/** The plan with what a rehearsal saw of its programs in the place of what could not be foreseen. */
export function withRehearsal(plan: Plan, rehearsal: Rehearsal | null): Plan {
  if (rehearsal === null || rehearsal.planHash !== plan.hash) return plan;
  const seen = new Map(rehearsal.steps.map((step) => [step.id, step]));
  return { ...plan, steps: plan.steps.map((step) => withChanges(step, seen.get(step.id))) };
}

/** What a check changes is thrown away, so there is nothing to be shown of it. */
function withChanges(step: Step, seen: RehearsedStep | undefined): Step {
  if (seen === undefined || !seen.ok || seen.ran === null || step.check) return step;
  return withEntries(step, seen.changes);
}

export const withEntries = (step: Step, entries: readonly CheckpointEntry[]): Step => ({
  ...step,
  before: entries.map(({ before }) => before),
  after: entries.map(({ after }) => after),
});
