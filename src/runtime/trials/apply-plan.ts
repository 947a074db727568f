import { isOnFiles } from '../../core/plan/batch-steps.ts';
import { fail, ok } from '../../core/result.ts';
import type { Plan, Result } from '../../core/types.ts';
import type { TrialPlace } from '../deps.ts';

/**
 * Approves and executes what changes files. What runs a program is left out, with all that waits
 * for it: nobody has read it, and a check tells by itself whether the files are right.
 */
export async function applyPlan(
  { session }: TrialPlace,
  plan: Plan,
): Promise<Result<{ readonly leftOut: number }>> {
  const chosen = new Set<string>();
  for (const { id, action, dependsOn } of plan.steps) {
    if (isOnFiles(action.kind) && dependsOn.every((each) => chosen.has(each))) chosen.add(id);
  }
  if (chosen.size === 0) return fail('failed', 'The plan changes no file.');
  const steps = [...chosen].join(',');
  const approved = await session.enter(`approve ${plan.id} --steps ${steps}`);
  if (!approved.ok) return approved;
  const executed = await session.enter(`execute ${plan.id}`);
  if (!executed.ok) return executed;
  const outcome = executed.value;
  const isDone = outcome.kind === 'looked' && (outcome.exitCode ?? 0) === 0;
  if (!isDone)
    return fail('failed', `The plan was not carried out: ${JSON.stringify(dataOf(outcome))}`);
  return ok({ leftOut: plan.steps.length - chosen.size });
}

const dataOf = (outcome: object): unknown => ('data' in outcome ? outcome.data : null);
