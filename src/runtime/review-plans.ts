import { reviewStep } from '../core/plan/review-step.ts';
import { ok } from '../core/result.ts';
import { withRehearsal } from '../core/run/rehearsal.ts';
import type { FileReview, Plan, PlanRecord, Result } from '../core/types.ts';
import type { Readers } from '../ports.ts';

/** A plan as it is kept, its programs with the changes that its rehearsal saw. */
export function planForReview({ plans }: Readers, id: string): Result<PlanRecord> {
  const found = plans.find(id);
  if (!found.ok) return found;
  const { plan, rehearsal } = found.value;
  return ok({ ...found.value, plan: withRehearsal(plan, rehearsal) });
}

/** What a step of it changes, path by path. */
export function changesForReview(
  { images, checkpoints, plans, hashing, differ }: Readers,
  plan: Plan,
  step: string,
): Result<readonly FileReview[]> {
  const blob = (hash: string) => {
    const kept = checkpoints.blob(hash);
    return kept.ok ? kept : plans.rehearsed(plan.id, hash);
  };
  const { load } = images;
  const { contentOf } = hashing;
  return reviewStep({ load, blob, contentOf, hunks: differ.hunks }, plan, step);
}
