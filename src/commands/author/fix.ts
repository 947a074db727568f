import { orderOf } from '../../core/author/order.ts';
import { withCheck } from '../../core/author/with-check.ts';
import { fail, ok } from '../../core/result.ts';
import type { Outcome, Result } from '../../core/types.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { propose } from '../plan/propose.ts';
import { type FailedCheck, findFailedCheck } from './find-failed-check.ts';
import { generatePlan } from './generate-plan.ts';
import { openAuthor } from './open-author.ts';
import { PLANNING } from './order-args.ts';
import { proposeByModel } from './propose-by-model.ts';

export const fix = defineCommand({
  ...PLANNING,
  name: 'fix',
  summary: 'Has a model plan a repair: of what you say, or of what the last plan failed at',
  examples: ['fix', 'fix --plan 7f3a', 'fix "the cart rounds twice"', 'fix - < output.txt'],
  args: {
    plan: {
      kind: 'option',
      type: 'text',
      completes: 'plan',
      valueName: 'ID',
      summary: 'The plan that failed; without it the one that ran last',
    },
    words: {
      kind: 'rest',
      type: 'text',
      isVerbatim: true,
      valueName: 'TEXT',
      summary: 'What is wrong; - reads what a program said from standard input',
    },
  },
  async run({ words, plan }, context) {
    if (plan !== undefined && words.length > 0) return eitherOr();
    if (words.length === 1 && words[0] === '-') {
      const said = await readInput(context);
      if (!said.ok) return said;
      const evidence = { title: 'What a program said', text: said.value };
      return proposeByModel(
        context,
        orderOf('fix', 'Repair what this output tells of', { evidence }),
      );
    }
    if (words.length > 0) return proposeByModel(context, orderOf('fix', words.join(' ')));
    const failed = findFailedCheck(context.readers, plan);
    return failed.ok ? repair(context, failed.value) : failed;
  },
});

/** A repair ends with what failed, whether the model thinks of it or not. */
async function repair(
  context: CommandContext,
  { order, step }: FailedCheck,
): Promise<Result<Outcome>> {
  const author = await openAuthor(context);
  if (!author.ok) return author;
  const draft = await generatePlan(author.value, order);
  return draft.ok ? propose(context, withCheck(draft.value, step)) : draft;
}

const eitherOr = () =>
  fail('usage', 'Either a plan is repaired or what you say, not both.', { hint: 'fix --plan ID' });

/** The end of it: there programs say what came of all. */
const MOST_CHARACTERS = 4000;

async function readInput({ input }: CommandContext): Promise<Result<string>> {
  const text = input === null ? '' : await input.text();
  if (text.trim() === '') return fail('usage', 'There is nothing on standard input to repair.');
  return ok(text.slice(-MOST_CHARACTERS));
}
