import { fail, ok } from '../../core/result.ts';
import type { Checkpoint, Result } from '../../core/types.ts';
import type { Readers } from '../../ports.ts';
import { defineCommand } from '../command.ts';
import { PLAN_ARG, splitIds } from './plan-args.ts';

export const rollback = defineCommand({
  name: 'rollback',
  family: 'plan',
  summary: 'Takes back what a plan did, wherever nobody changed it since',
  examples: ['rollback 7f3a', 'rollback 7f3a --steps b', 'rollback 7f3a --redo'],
  kind: 'steer',
  risk: 'medium',
  needs: ['audit-log'],
  args: {
    id: PLAN_ARG,
    steps: { kind: 'option', type: 'text', valueName: 'a,b', summary: 'Only these steps' },
    redo: { kind: 'flag', type: 'text', summary: 'Takes the last way back itself back' },
  },
  async run({ id, steps, redo }, { readers }) {
    const plan = planIdOf(readers, id);
    if (!plan.ok) return plan;
    const made = readers.checkpoints.list({ plan: plan.value, status: 'done' });
    if (!made.ok) return made;
    const wanted = steps === undefined ? null : splitIds(steps);
    const chosen = made.value.filter(
      (each) => (each.undoes !== undefined) === redo && (wanted?.includes(each.step) ?? true),
    );
    if (chosen.length === 0) return nothing(plan.value, redo, made.value);
    const checkpoints = chosen.map((each) => each.id);
    return ok({
      kind: 'acts',
      act: { kind: 'plan.rollback', plan: plan.value, checkpoints },
      data: null,
    });
  },
});

/** Checkpoints outlive the plan that they were made for. */
function planIdOf({ plans, checkpoints }: Readers, id: string): Result<string> {
  const found = plans.find(id);
  if (found.ok) return ok(found.value.plan.id);
  const made = checkpoints.list({ plan: id });
  return made.ok && made.value.length > 0 ? ok(id) : found;
}

function nothing(plan: string, redo: boolean, made: readonly Checkpoint[]): Result<never> {
  const isBack = made.some(({ undoes }) => undoes !== undefined);
  return fail('usage', `Plan ${plan} has done nothing that could be taken back.`, {
    hint:
      isBack && !redo
        ? `It was rolled back already; rollback ${plan} --redo does it again.`
        : 'checkpoints lists what was kept.',
  });
}
