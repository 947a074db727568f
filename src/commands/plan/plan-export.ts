import { draftOfPlan } from '../../core/plan/amend-plan.ts';
import { planMarkdown } from '../../core/plan/plan-markdown.ts';
import { reviewStep } from '../../core/plan/review-step.ts';
import { unifiedDiff } from '../../core/plan/unified-diff.ts';
import { ok } from '../../core/result.ts';
import type { Json } from '../../core/types.ts';
import { defineCommand } from '../command.ts';
import { LARGE, NEWEST, PLAN_OR_NEWEST_ARG } from './plan-args.ts';
import { reviewSightOf } from './review-sight.ts';

export const planExport = defineCommand({
  name: 'plan export',
  family: 'plan',
  summary: 'Prints a plan as a file that can be imported, or as Markdown to be read',
  examples: ['plan export 7f3a', 'plan export 7f3a --as markdown', 'plan export 7f3a --json'],
  kind: 'look',
  limits: LARGE,
  args: {
    id: PLAN_OR_NEWEST_ARG,
    as: {
      kind: 'option',
      type: 'choice',
      choices: ['yaml', 'markdown'],
      valueName: 'FORM',
      summary: 'What the screen shows; --json is always the exact plan file',
    },
  },
  async run({ id = NEWEST, as = 'yaml' }, { readers, show }) {
    const found = readers.plans.find(id);
    if (!found.ok) return found;
    const { plan } = found.value;
    const { goal, steps, open = [] } = draftOfPlan(plan);
    const file = { goal, open, steps, hash: plan.hash } as unknown as Json;
    const text =
      as === 'yaml'
        ? readers.documents.yaml(file)
        : planMarkdown(found.value, (step) => {
            const reviews = reviewStep(reviewSightOf(readers, plan.id), plan, step.id);
            return reviews.ok ? reviews.value.map(unifiedDiff).join('') : '';
          });
    show({ kind: 'code', text: text.replace(/\n$/, ''), language: as });
    return ok({ kind: 'looked', data: file });
  },
});
