import { applyHunks } from '../../core/diff/apply-hunks.ts';
import { amendPlan } from '../../core/plan/amend-plan.ts';
import { isRecord } from '../../core/plan/read-action.ts';
import { reviewStep } from '../../core/plan/review-step.ts';
import { fail, ok } from '../../core/result.ts';
import type { Content, Plan, Result } from '../../core/types.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { LARGE, PLAN_ARG, REASON_ARG, splitIds } from './plan-args.ts';
import { amend } from './propose.ts';
import { reviewSightOf } from './review-sight.ts';

export const planAmend = defineCommand({
  name: 'plan amend',
  family: 'plan',
  summary: 'Leaves steps or hunks out of a plan, which gives it a new hash',
  examples: [
    'plan amend 7f3a --without c --reason "not now"',
    'plan amend 7f3a --leave a:2,3',
    'plan amend 7f3a --contents',
  ],
  kind: 'propose',
  risk: 'low',
  needs: ['audit-log'],
  limits: LARGE,
  args: {
    id: PLAN_ARG,
    without: { kind: 'option', type: 'text', valueName: 'a,b', summary: 'Steps to leave out' },
    leave: {
      kind: 'option',
      type: 'text',
      valueName: 'a:2,3',
      summary: 'Hunks of a step to leave out, counted from 1 as plan diff shows them',
    },
    contents: {
      kind: 'flag',
      type: 'text',
      summary: 'Reads what files get instead from standard input: JSON, step to content',
    },
    hash: {
      kind: 'option',
      type: 'text',
      valueName: 'HASH',
      summary: 'The plan must have this hash',
    },
    reason: REASON_ARG,
  },
  async run({ id, without, leave, contents, hash, reason = '' }, context) {
    const found = context.readers.plans.find(id);
    if (!found.ok) return found;
    const { plan } = found.value;
    if (hash !== undefined && hash !== plan.hash) {
      return fail('changed', `Plan ${plan.id} has the hash ${plan.hash}, not ${hash}.`);
    }
    const given = contents ? await readContents(context) : ok(new Map<string, Content>());
    if (!given.ok) return given;
    const left =
      leave === undefined ? ok(given.value) : leaveHunks(context, plan, leave, given.value);
    if (!left.ok) return left;
    const steps = without === undefined ? [] : splitIds(without);
    const draft = amendPlan(plan, { without: steps, contents: left.value });
    return draft.ok ? amend(context, plan, draft.value, reason) : draft;
  },
});

async function readContents({ input }: CommandContext): Promise<Result<Map<string, Content>>> {
  if (input === null) return fail('usage', 'There is no standard input to read contents from.');
  let value: unknown;
  try {
    value = JSON.parse(await input.text());
  } catch {
    return fail('invalid', 'The contents are no JSON.');
  }
  if (!isRecord(value) || !Object.values(value).every(isContent)) {
    return fail('invalid', 'The contents must be an object: step to text, or to { base64 }.');
  }
  return ok(new Map(Object.entries(value) as [string, Content][]));
}

const isContent = (value: unknown): value is Content =>
  typeof value === 'string' || (isRecord(value) && typeof value.base64 === 'string');

/** `a:2,3`: of step a, all hunks but the second and the third. */
function leaveHunks(
  { readers }: CommandContext,
  plan: Plan,
  leave: string,
  given: ReadonlyMap<string, Content>,
): Result<Map<string, Content>> {
  const contents = new Map(given);
  const match = /^([^:]+):(\d+(?:,\d+)*)$/.exec(leave.trim());
  if (!match) return fail('usage', '--leave wants a step and its hunks, like a:2,3.');
  const [, step, list] = match as unknown as [string, string, string];
  const reviews = reviewStep(reviewSightOf(readers, plan.id), plan, step);
  if (!reviews.ok) return reviews;
  const [review] = reviews.value;
  if (review === undefined || review.hunks.length === 0 || reviews.value.length > 1) {
    return fail('usage', `Step ${step} has no hunks that could be left out.`);
  }
  const numbers = list.split(',').map(Number);
  const beyond = numbers.find((number) => number < 1 || number > review.hunks.length);
  if (beyond !== undefined) {
    return fail('usage', `Step ${step} has ${review.hunks.length} hunks, and no ${beyond}.`);
  }
  const before = typeof review.before === 'string' ? review.before : '';
  contents.set(
    step,
    applyHunks(before, review.hunks, (index) => !numbers.includes(index + 1)),
  );
  return ok(contents);
}
