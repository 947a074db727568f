import { comparePlans } from '../../core/plan/compare-plans.ts';
import { ok } from '../../core/result.ts';
import type { Json, Plan, Result } from '../../core/types.ts';
import type { Readers } from '../../ports.ts';
import { defineCommand } from '../command.ts';
import { PLAN_ARG } from './plan-args.ts';

export const planCompare = defineCommand({
  name: 'plan compare',
  family: 'plan',
  summary: 'Says what one plan, or one revision of it (ID@HASH), has that another has not',
  examples: ['plan compare 7f3a@a4c1 7f3a', 'plan compare 7f3a 91bc'],
  kind: 'look',
  args: {
    before: { ...PLAN_ARG, valueName: 'BEFORE' },
    after: { ...PLAN_ARG, valueName: 'AFTER' },
  },
  async run({ before, after }, { readers, show }) {
    const old = findPlan(readers, before);
    if (!old.ok) return old;
    const next = findPlan(readers, after);
    if (!next.ok) return next;
    const differences = comparePlans(old.value, next.value);
    const rows = differences.map(({ step, kind, parts, title }) => [
      step,
      kind,
      parts.join(', '),
      title,
    ]);
    show(
      rows.length === 0
        ? { kind: 'text', text: 'They ask for the same.' }
        : { kind: 'table', columns: ['step', '', 'parts', 'title'], rows },
    );
    return ok({ kind: 'looked', data: differences as unknown as Json });
  },
});

function findPlan({ plans }: Readers, name: string): Result<Plan> {
  const [id, hash] = name.split('@', 2) as [string, string | undefined];
  if (hash !== undefined) return plans.revision(id, hash);
  const found = plans.find(id);
  return found.ok ? ok(found.value.plan) : found;
}
