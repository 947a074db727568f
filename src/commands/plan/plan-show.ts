import { ok } from '../../core/result.ts';
import type { Json, PlanRecord } from '../../core/types.ts';
import { defineCommand } from '../command.ts';
import { LARGE, NEWEST, PLAN_OR_NEWEST_ARG } from './plan-args.ts';
import { recordBlocks } from './plan-blocks.ts';

export const planShow = defineCommand({
  name: 'plan show',
  family: 'plan',
  summary: 'Shows a plan, its steps with their states, and its history',
  examples: ['plan show 7f3a', 'plan show latest'],
  kind: 'look',
  limits: LARGE,
  args: { id: PLAN_OR_NEWEST_ARG },
  async run({ id = NEWEST }, { readers, show }) {
    const found = readers.plans.find(id);
    if (!found.ok) return found;
    for (const block of recordBlocks(readers, found.value)) show(block);
    return ok({ kind: 'looked', data: dataOf(found.value) });
  },
});

/** The plan, its steps together with what came of them. */
function dataOf(record: PlanRecord): Json {
  const states = new Map(record.steps.map((state) => [state.id, state]));
  const steps = record.plan.steps.map((step) => ({ ...step, ...states.get(step.id) }));
  const { plan, ...rest } = record;
  return { ...rest, plan: { ...plan, steps } } as unknown as Json;
}
