import { fail, ok } from '../../core/result.ts';
import { defineCommand } from '../command.ts';
import { NEWEST, PLAN_OR_NEWEST_ARG } from './plan-args.ts';

export const planReview = defineCommand({
  name: 'plan review',
  family: 'plan',
  summary: 'Opens a plan for review: every change, taken or left out one by one',
  examples: ['plan review', 'plan review 7f3a'],
  kind: 'steer',
  needs: ['terminal', 'audit-log'],
  args: {
    id: PLAN_OR_NEWEST_ARG,
  },
  async run({ id = NEWEST }, { readers }) {
    const found = readers.plans.find(id);
    if (!found.ok) return found;
    const { plan, status } = found.value;
    if (status === 'running') return fail('busy', `Plan ${plan.id} is running.`);
    return ok({
      kind: 'steered',
      changes: [{ kind: 'review.open', plan: plan.id }],
      done: { kind: 'text', text: `Reviewing plan ${plan.id}.`, tone: 'dim' },
      data: { plan: plan.id },
    });
  },
});
