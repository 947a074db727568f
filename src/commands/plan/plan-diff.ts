import { subjectOf, VERBS } from '../../core/plan/describe-action.ts';
import { reviewStep } from '../../core/plan/review-step.ts';
import { unifiedDiff } from '../../core/plan/unified-diff.ts';
import { fail, ok } from '../../core/result.ts';
import { withRehearsal } from '../../core/run/rehearsal.ts';
import type { Json } from '../../core/types.ts';
import { defineCommand } from '../command.ts';
import { LARGE, NEWEST, PLAN_OR_NEWEST_ARG } from './plan-args.ts';
import { reviewSightOf } from './review-sight.ts';

export const planDiff = defineCommand({
  name: 'plan diff',
  family: 'plan',
  summary: 'Shows every change of a plan, whole, as a diff',
  examples: ['plan diff 7f3a', 'plan diff 7f3a b'],
  kind: 'look',
  limits: LARGE,
  args: {
    id: PLAN_OR_NEWEST_ARG,
    step: { kind: 'positional', type: 'text', valueName: 'STEP', summary: 'One step of it' },
  },
  async run({ id = NEWEST, step: wanted }, { readers, show, signal }) {
    const found = readers.plans.find(id);
    if (!found.ok) return found;
    const plan = withRehearsal(found.value.plan, found.value.rehearsal);
    const steps = plan.steps.filter((step) => wanted === undefined || step.id === wanted);
    if (steps.length === 0) return fail('not-found', `Plan ${plan.id} has no step ${wanted}.`);
    const sight = reviewSightOf(readers, plan.id);
    const data: Json[] = [];
    for (const step of steps) {
      if (signal.aborted) break;
      const reviews = reviewStep(sight, plan, step.id);
      if (!reviews.ok) return reviews;
      const diff = reviews.value.map(unifiedDiff).join('');
      show({
        kind: 'heading',
        text: `${step.id}  ${VERBS[step.action.kind]}  ${subjectOf(step.action)}`,
      });
      if (diff !== '') show({ kind: 'code', text: diff.replace(/\n$/, ''), language: 'diff' });
      data.push({ step: step.id, title: step.title, diff });
    }
    return ok({ kind: 'looked', data });
  },
});
