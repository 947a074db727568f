import { ok } from '../../core/result.ts';
import { defineCommand } from '../command.ts';
import { NEWEST, PLAN_OR_NEWEST_ARG, RUNS_PROGRAMS } from './plan-args.ts';

export const planRehearse = defineCommand({
  name: 'plan rehearse',
  family: 'plan',
  summary: 'Runs a whole plan on a view of the workspace, its checks too; nothing is changed',
  examples: ['plan rehearse 7f3a'],
  kind: 'steer',
  risk: 'medium',
  needs: ['audit-log'],
  limits: RUNS_PROGRAMS,
  args: { id: PLAN_OR_NEWEST_ARG },
  async run({ id = NEWEST }, { readers }) {
    const found = readers.plans.find(id);
    if (!found.ok) return found;
    const { plan } = found.value;
    return ok({ kind: 'acts', act: { kind: 'plan.rehearse', plan: plan.id }, data: null });
  },
});
