import { fail, ok } from '../result.ts';
import type { Content, DraftStep, Plan, PlanDraft, Result } from '../types.ts';

/** The plan as its author wrote it: all that is found by looking is left out. */
export const draftOfPlan = ({ goal, origin, steps, open }: Plan): PlanDraft => ({
  goal,
  origin,
  open,
  steps: steps.map(
    ({ id, title, why, action, dependsOn, check }): DraftStep => ({
      id,
      title,
      why,
      action,
      dependsOn,
      check,
    }),
  ),
});

export type Amendment = {
  /** Steps to leave out. */
  readonly without: readonly string[];
  /** What files get instead, by the id of the step that writes them. */
  readonly contents: ReadonlyMap<string, Content>;
};

/** The draft of a plan's next revision. */
export function amendPlan(plan: Plan, { without, contents }: Amendment): Result<PlanDraft> {
  const draft = draftOfPlan(plan);
  const ids = plan.steps.map(({ id }) => id);
  const unknown = [...without, ...contents.keys()].find((id) => !ids.includes(id));
  if (unknown !== undefined) {
    return fail('usage', `Plan ${plan.id} has no step ${unknown}.`, {
      hint: `Its steps are ${ids.join(', ')}.`,
    });
  }
  const steps: DraftStep[] = [];
  for (const step of draft.steps) {
    const id = step.id as string;
    if (without.includes(id)) continue;
    const content = contents.get(id);
    const { action, dependsOn = [] } = step;
    if (content !== undefined && action.kind !== 'file.write' && action.kind !== 'file.edit') {
      return fail('usage', `Step ${id} writes no file.`);
    }
    const amended = content === undefined ? action : { ...action, content };
    steps.push({
      ...step,
      action: amended as DraftStep['action'],
      dependsOn: dependsOn.filter((other) => !without.includes(other)),
    });
  }
  return ok({ ...draft, steps });
}
