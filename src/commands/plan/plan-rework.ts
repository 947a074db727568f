import { applyHunks } from '../../core/diff/apply-hunks.ts';
import { amendPlan } from '../../core/plan/amend-plan.ts';
import { reviewStep } from '../../core/plan/review-step.ts';
import { unifiedDiff } from '../../core/plan/unified-diff.ts';
import { fail, ok } from '../../core/result.ts';
import type { FileReview, Plan, Result, Step } from '../../core/types.ts';
import { AUTHOR_LIMITS } from '../author/author-limits.ts';
import { openAuthor } from '../author/open-author.ts';
import { rewriteStep } from '../author/rewrite-step.ts';
import { defineCommand } from '../command.ts';
import { PLAN_ARG } from './plan-args.ts';
import { amend } from './propose.ts';
import { reviewSightOf } from './review-sight.ts';

export const planRework = defineCommand({
  name: 'plan rework',
  family: 'plan',
  summary: 'Gives a step back to the model with what you refuse and why; all other steps stay',
  examples: [
    'plan rework 7f3a b "round at the end, not for each line"',
    'plan rework 7f3a b --hunks 2,3 "these belong into another file"',
  ],
  kind: 'propose',
  risk: 'low',
  modes: ['propose', 'execute'],
  needs: ['audit-log', 'model'],
  limits: AUTHOR_LIMITS,
  args: {
    id: PLAN_ARG,
    step: {
      kind: 'positional',
      type: 'text',
      isRequired: true,
      valueName: 'STEP',
      summary: 'The step, which writes a file',
    },
    hunks: {
      kind: 'option',
      type: 'text',
      valueName: '2,3',
      summary: 'Only these hunks are refused, counted from 1 as plan diff shows them',
    },
    hash: {
      kind: 'option',
      type: 'text',
      valueName: 'HASH',
      summary: 'The plan must have this hash; the first 12 characters are enough',
    },
    words: {
      kind: 'rest',
      type: 'text',
      isRequired: true,
      valueName: 'WHY',
      summary: 'Why; the model reads it, and it is kept with the plan',
    },
  },
  async run({ id, step: stepId, hunks, hash, words }, context) {
    const found = context.readers.plans.find(id);
    if (!found.ok) return found;
    const { plan } = found.value;
    if (hash !== undefined && !isHashOf(plan, hash)) {
      return fail('changed', `Plan ${plan.id} has the hash ${plan.hash}, not ${hash}.`);
    }
    const why = words.join(' ');
    const refused = findRefused(plan, stepId);
    if (!refused.ok) return refused;
    const reviews = reviewStep(reviewSightOf(context.readers, plan.id), plan, stepId);
    if (!reviews.ok) return reviews;
    const review = reviews.value.find(({ path }) => path === refused.value.path);
    const split = splitReview(review, hunks);
    if (!split.ok) return split;
    const author = await openAuthor(context);
    if (!author.ok) return author;
    const content = await rewriteStep(
      author.value,
      plan,
      { ...refused.value, ...split.value },
      why,
    );
    if (!content.ok) return content;
    const contents = new Map([[stepId, content.value]]);
    const draft = amendPlan(plan, { without: [], contents });
    return draft.ok ? amend(context, plan, draft.value, why) : draft;
  },
});

const SHORT_HASH = 12;
const isHashOf = ({ hash }: Plan, given: string): boolean =>
  given.length >= SHORT_HASH && hash.startsWith(given);

type Refused = { readonly step: Step; readonly path: string };

function findRefused(plan: Plan, id: string): Result<Refused> {
  const at = plan.steps.findIndex((step) => step.id === id);
  const step = plan.steps[at];
  if (step === undefined) {
    return fail('usage', `Plan ${plan.id} has no step ${id}.`, {
      hint: `Its steps are ${plan.steps.map((each) => each.id).join(', ')}.`,
    });
  }
  const { action } = step;
  if (action.kind !== 'file.write' && action.kind !== 'file.edit') {
    return fail('usage', `Step ${id} writes no file.`, {
      hint: `plan amend ${plan.id} --without ${id} leaves it out.`,
    });
  }
  const later = plan.steps
    .slice(at + 1)
    .find(({ before }) => before.some(({ path }) => path === action.path));
  if (later !== undefined) {
    return fail('usage', `Step ${later.id} goes on with ${action.path}, as step ${id} leaves it.`, {
      hint: `Rework step ${later.id}, or leave it out first.`,
    });
  }
  return ok({ step, path: action.path });
}

type Split = {
  /** The file with all that is not refused; null: nothing of it is there. */
  readonly base: string | null;
  readonly diff: string;
  readonly hasRest: boolean;
};

function splitReview(review: FileReview | undefined, hunks: string | undefined): Result<Split> {
  if (review === undefined || review.hunks.length === 0 || typeof review.after !== 'string') {
    return fail('usage', 'The step has no hunks that a model could write anew.');
  }
  const all = review.hunks.map((_, index) => index + 1);
  if (hunks !== undefined && !/^\d+(,\d+)*$/.test(hunks)) {
    return fail('usage', '--hunks wants numbers, like 2,3.');
  }
  const numbers = hunks === undefined ? all : hunks.split(',').map(Number);
  const beyond = numbers.find((number) => !all.includes(number));
  if (beyond !== undefined) {
    return fail('usage', `The step has ${all.length} hunks, and no ${beyond}.`);
  }
  const before = typeof review.before === 'string' ? review.before : '';
  const base = applyHunks(before, review.hunks, (index) => !numbers.includes(index + 1));
  const refused = review.hunks.filter((_, index) => numbers.includes(index + 1));
  const isNothing = review.before === null && numbers.length === all.length;
  return ok({
    base: isNothing ? null : base,
    diff: unifiedDiff({ ...review, hunks: refused }),
    hasRest: numbers.length < all.length,
  });
}
