import { ok } from '../../core/result.ts';
import { defineCommand } from '../command.ts';
import { PLAN_ARG } from './plan-args.ts';

export const execute = defineCommand({
  name: 'execute',
  family: 'plan',
  summary: 'Runs the approved steps of a plan',
  examples: ['execute 7f3a'],
  kind: 'steer',
  risk: 'high',
  modes: ['execute'],
  needs: ['audit-log'],
  args: { id: PLAN_ARG },
  async run({ id }, { readers }) {
    const found = readers.plans.find(id);
    if (!found.ok) return found;
    return ok({
      kind: 'acts',
      act: { kind: 'plan.execute', plan: found.value.plan.id },
      data: null,
    });
  },
});
