import { findClash, joinDrafts, type PartDraft } from '../../core/author/join-drafts.ts';
import { orderOf } from '../../core/author/order.ts';
import type { Part } from '../../core/planner/read-parts.ts';
import { fail, ok } from '../../core/result.ts';
import type { Action, PlanDraft, Result } from '../../core/types.ts';
import { generatePlan } from '../author/generate-plan.ts';
import { type Author, authorAfter } from '../author/open-author.ts';

/**
 * A request of which the rules understand some sentences: those steps are theirs, the rest is the
 * model's, and each part is planned on what those before it leave. Where that does not come out
 * even, the model plans all of it.
 */
export async function planByBoth(
  author: Author,
  text: string,
  parts: readonly Part[],
): Promise<Result<PlanDraft>> {
  const { context, model } = author;
  const say = (line: string) => context.show({ kind: 'text', text: line, tone: 'dim' });
  const byRules = parts.filter(({ planner }) => planner === 'rules').map((part) => part.text);
  say(`Rules plan ${byRules.map((each) => `“${each}”`).join(' and ')}; ${model} plans the rest.`);
  const planned = await planParts(author, parts, byRules);
  if (!planned.ok) {
    // What the rules cannot do as it is said, the model may understand.
    if (planned.error.code === 'cancelled' || planned.error.code === 'model') return planned;
    say(`${planned.error.message} So ${model} plans all of it.`);
    return generatePlan(author, orderOf('plan', text));
  }
  return ok(joinDrafts(text, planned.value));
}

async function planParts(
  author: Author,
  parts: readonly Part[],
  byRules: readonly string[],
): Promise<Result<readonly PartDraft[]>> {
  const { rules } = author.context.readers;
  const { signal } = author.context;
  const planned: PartDraft[] = [];
  for (const { planner, text } of parts) {
    const before = planned.flatMap(({ draft }) => draft.steps);
    const draft =
      planner === 'rules'
        ? await rules.planAfter(before, text, signal)
        : await generatePlan(
            authorAfter(author, before.flatMap(actionOf)),
            orderOf('plan', requestOf(text, byRules)),
          );
    if (!draft.ok) return draft;
    planned.push({ planner, draft: draft.value });
    const clash = findClash(planned);
    if (clash !== null) return fail('failed', `Rules and model would both change ${clash}.`);
  }
  return ok(planned);
}

/** The model should know what else is wanted, and not plan it a second time. */
const requestOf = (text: string, byRules: readonly string[]): string =>
  [text, `(Planned already, not to be planned again: ${byRules.join('; ')})`].join('\n');

const actionOf = ({ action }: PlanDraft['steps'][number]): readonly Action[] =>
  'edits' in action ? [] : [action];
