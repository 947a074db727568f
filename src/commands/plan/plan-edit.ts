import { draftOfPlan } from '../../core/plan/amend-plan.ts';
import { readPlan } from '../../core/plan/read-plan.ts';
import { fail, ok } from '../../core/result.ts';
import type { Json, PlanDraft, Result } from '../../core/types.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { LARGE, PLAN_ARG, REASON_ARG } from './plan-args.ts';
import { amend } from './propose.ts';

export const planEdit = defineCommand({
  name: 'plan edit',
  family: 'plan',
  summary: 'Opens a plan in your editor and checks it when you come back',
  examples: ['plan edit 7f3a'],
  kind: 'propose',
  risk: 'low',
  needs: ['audit-log', 'terminal'],
  limits: { ...LARGE, timeoutMs: 24 * 60 * 60 * 1000 },
  args: { id: PLAN_ARG, reason: REASON_ARG },
  async run({ id, reason = 'edited' }, context) {
    const found = context.readers.plans.find(id);
    if (!found.ok) return found;
    const { plan } = found.value;
    const { goal, steps, open = [] } = draftOfPlan(plan);
    const text = context.readers.documents.yaml({ goal, open, steps } as unknown as Json);
    const draft = await edit(context, text, plan.origin);
    return draft.ok ? amend(context, plan, draft.value, reason) : draft;
  },
});

/** Until it is a plan, or the person gives up; what they wrote is never thrown away silently. */
async function edit(
  context: CommandContext,
  first: string,
  origin: PlanDraft['origin'],
): Promise<Result<PlanDraft>> {
  let content = first;
  for (;;) {
    const text = 'Edit the plan';
    const edited = await context.ask({ kind: 'edit', text, content, extension: 'yaml' });
    if (edited === null || edited === first) {
      return fail('cancelled', 'The plan was left as it is.');
    }
    const parsed = context.readers.documents.parse(edited);
    const draft = parsed.ok ? readPlan(parsed.value, origin) : parsed;
    if (draft.ok) return ok({ ...draft.value, origin: { ...origin, kind: 'person' } });
    const again = await context.ask({
      kind: 'choice',
      text: `That is no plan: ${draft.error.message}`,
      choices: [
        { key: 'e', label: 'edit again' },
        { key: 'x', label: 'throw the changes away' },
      ],
    });
    if (again !== 'e') return draft;
    content = edited;
  }
}
