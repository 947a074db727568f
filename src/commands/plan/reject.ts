import { ok } from '../../core/result.ts';
import { defineCommand } from '../command.ts';
import { PLAN_ARG, REASON_ARG } from './plan-args.ts';

export const reject = defineCommand({
  name: 'reject',
  family: 'plan',
  summary: 'Refuses a plan, with a reason that is kept',
  examples: ['reject 7f3a --reason "round at the end instead"'],
  kind: 'steer',
  needs: ['audit-log'],
  args: { id: PLAN_ARG, reason: REASON_ARG },
  async run({ id, reason = '' }, { readers, user }) {
    const found = readers.plans.find(id);
    if (!found.ok) return found;
    const { plan } = found.value;
    return ok({
      kind: 'steered',
      changes: [{ kind: 'plan.reject', plan: plan.id, by: user, reason }],
      done: { kind: 'text', text: `Plan ${plan.id} is rejected; nothing was changed.` },
      data: { rejected: plan.id },
    });
  },
});
