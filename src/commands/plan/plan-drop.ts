import { ok } from '../../core/result.ts';
import { defineCommand } from '../command.ts';
import { PLAN_ARG } from './plan-args.ts';

export const planDrop = defineCommand({
  name: 'plan drop',
  family: 'plan',
  summary: 'Forgets a plan; what it did stays in the audit log and can still be rolled back',
  examples: ['plan drop 7f3a'],
  kind: 'steer',
  risk: 'low',
  needs: ['audit-log'],
  args: { id: PLAN_ARG },
  async run({ id }, { readers }) {
    const found = readers.plans.find(id);
    if (!found.ok) return found;
    const { plan } = found.value;
    return ok({
      kind: 'steered',
      changes: [{ kind: 'plan.drop', plan: plan.id }],
      done: { kind: 'text', text: `Plan ${plan.id} is forgotten.` },
      data: { dropped: plan.id },
    });
  },
});
