import { compareStaged, stagedOf } from '../../core/commit/staged.ts';
import { approvePlan } from '../../core/plan/approve-plan.ts';
import { isSame } from '../../core/plan/file-changes.ts';
import { isGenuine } from '../../core/plan/hash-plan.ts';
import { foldersAbove } from '../../core/plan/paths.ts';
import { fail, ok } from '../../core/result.ts';
import { isProgram } from '../../core/run/resolve-cage.ts';
import type { Approval, Door, Mode, Plan, Result } from '../../core/types.ts';
import type { Readers } from '../../ports.ts';
import { defineCommand } from '../command.ts';
import { LARGE, PLAN_ARG, REASON_ARG, splitIds } from './plan-args.ts';

export const approve = defineCommand({
  name: 'approve',
  family: 'plan',
  summary: 'Approves a plan, or some of its steps: for exactly these bytes, once, for an hour',
  examples: ['approve 7f3a', 'approve 7f3a --steps a,b --hash a4c19e02b7d1'],
  kind: 'steer',
  risk: 'high',
  needs: ['audit-log'],
  limits: LARGE,
  args: {
    id: PLAN_ARG,
    steps: {
      kind: 'option',
      type: 'text',
      valueName: 'a,b',
      summary: 'Only these steps; what is critical has to be named',
    },
    hash: {
      kind: 'option',
      type: 'text',
      valueName: 'HASH',
      summary: 'The plan must have this hash, or begin with it',
    },
    rehearsal: {
      kind: 'option',
      type: 'text',
      valueName: 'HASH',
      summary: 'Its last rehearsal must have this hash; none: it must have none',
    },
    reason: REASON_ARG,
  },
  async run(
    { id, steps, hash, rehearsal, reason },
    { readers, situation, user, now, door, signal },
  ) {
    const found = readers.plans.find(id);
    if (!found.ok) return found;
    if (!isGenuine(readers.hashing, found.value.plan)) {
      return fail('changed', `Plan ${found.value.plan.id} is not what its hash says.`, {
        hint: 'Drop it and plan again; audit verify tells whether more was altered.',
      });
    }
    const version = readers.policy.version();
    if (!version.ok) return version;
    const cage = await cageOf(readers, found.value.plan, signal);
    const approval = approvePlan(
      found.value,
      {
        ...(steps === undefined ? {} : { steps: splitIds(steps) }),
        ...(hash === undefined ? {} : { hash }),
        ...(rehearsal === undefined ? {} : { rehearsal }),
      },
      { by: user, now: now(), policyVersion: version.value, level: situation.level, cage },
    );
    if (!approval.ok) return approval;
    const { plan } = found.value;
    const standing = compareWorld(readers, plan, approval.value.steps);
    if (!standing.ok) return standing;
    const staged = await compareIndex(readers, plan, approval.value.steps, signal);
    if (!staged.ok) return staged;
    const count = `${approval.value.steps.length} of ${plan.steps.length} steps`;
    return ok({
      kind: 'steered',
      changes: [
        {
          kind: 'plan.approve',
          approval: approval.value,
          ...(reason === undefined ? {} : { reason }),
        },
      ],
      done: {
        kind: 'text',
        text: `Approved ${count} of plan ${plan.id} (${plan.hash.slice(0, 12)}), for an hour${saysCage(approval.value)}. ${nextOf(plan.id, situation.mode, door)}`,
        tone: 'good',
      },
      data: { approved: approval.value.steps, planHash: plan.hash },
    });
  },
});

/** What its programs would run in, as it was tried just now. */
async function cageOf(
  { cages }: Readers,
  plan: Plan,
  signal: AbortSignal,
): Promise<Approval['cage']> {
  if (!plan.steps.some(({ action }) => isProgram(action))) return null;
  const { rung, view } = await cages.report(signal);
  return { rung, view };
}

const saysCage = ({ cage, rehearsal }: Approval): string =>
  [
    cage === null ? '' : `, programs on rung ${cage.rung}`,
    rehearsal === undefined ? '' : ', with exactly what the rehearsal changed',
  ].join('');

function nextOf(id: string, mode: Mode, door: Door): string {
  const slash = door === 'terminal' ? '/' : '';
  if (mode === 'execute') return `${slash}execute ${id} runs it.`;
  return door === 'terminal'
    ? `/mode execute, then /execute ${id} runs it.`
    : `execute ${id} --mode execute runs it.`;
}

/** What the plan saw must still lie there, wherever no earlier step changes it first. */
function compareWorld({ images }: Readers, plan: Plan, chosen: readonly string[]): Result<void> {
  const touched = new Set<string>();
  for (const step of plan.steps.filter(({ id }) => chosen.includes(id))) {
    for (const image of step.before) {
      if ([image.path, ...foldersAbove(image.path)].some((path) => touched.has(path))) continue;
      const now = images.look(image.path, image.kind === 'folder' && image.hash !== undefined);
      if (!now.ok) return now;
      if (isSame(now.value, image)) continue;
      return fail('changed', `${image.path} is not as the plan saw it.`, {
        hint: 'Make the plan again from what lies there now.',
        data: { path: image.path },
      });
    }
    for (const { path } of step.before) touched.add(path);
  }
  return ok(undefined);
}

/** The same for what is staged: one step at most has that for a pre-image. */
async function compareIndex(
  { pending }: Readers,
  { steps }: Plan,
  chosen: readonly string[],
  signal: AbortSignal,
): Promise<Result<void>> {
  const step = steps.find(({ id, staged }) => staged !== undefined && chosen.includes(id));
  if (step?.staged === undefined) return ok(undefined);
  const other = await pending.otherThan(step.staged, signal);
  if (!other.ok) return other;
  return other.value === null ? ok(undefined) : compareStaged(step, stagedOf(other.value));
}
