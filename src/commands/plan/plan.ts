import { orderOf } from '../../core/author/order.ts';
import { readParts } from '../../core/planner/read-parts.ts';
import { readSentence } from '../../core/planner/read-sentence.ts';
import { requestKind } from '../../core/planner/request-kind.ts';
import { type Weighed, weighPlanners } from '../../core/planner/weigh-planners.ts';
import type { Outcome, Result } from '../../core/types.ts';
import { AUTHOR_LIMITS } from '../author/author-limits.ts';
import { generatePlan } from '../author/generate-plan.ts';
import { openAuthor } from '../author/open-author.ts';
import { proposeByModel } from '../author/propose-by-model.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { planByBoth } from './plan-by-both.ts';
import { propose } from './propose.ts';
import { recallPlans } from './recall-plans.ts';

export const plan = defineCommand({
  name: 'plan',
  family: 'plan',
  summary: 'Plans what plain words ask for; nothing changes before it is approved',
  examples: [
    'plan "rename parseArgs to readArgs in src"',
    'plan "replace \\"colour\\" with \\"color\\" in docs/**/*.md"',
    'plan "round the invoice as the cart does"',
    'plan --with model "run npm test"',
  ],
  kind: 'propose',
  risk: 'low',
  modes: ['propose', 'execute'],
  needs: ['audit-log'],
  limits: AUTHOR_LIMITS,
  args: {
    with: {
      kind: 'option',
      type: 'choice',
      choices: ['auto', 'rules', 'model'],
      valueName: 'WHO',
      summary:
        'Who plans; auto: the rules what they understand, and a model, if one is there, the rest',
    },
    words: {
      kind: 'rest',
      type: 'text',
      isRequired: true,
      isVerbatim: true,
      valueName: 'TEXT',
      summary: 'What to change, in a sentence',
    },
  },
  async run({ words, with: planner = 'auto' }, context) {
    if (planner === 'rules') return planByRules(context, sentenceOf(words));
    if (planner === 'model') return proposeByModel(context, orderOf('plan', words.join(' ')));
    return planByEither(context, words);
  },
});

/** The rules are exact and cost nothing: what they understand is mostly theirs, also where it fails. */
async function planByEither(
  context: CommandContext,
  words: readonly string[],
): Promise<Result<Outcome>> {
  const sentence = sentenceOf(words);
  const read = readSentence(sentence);
  if (read.ok) {
    const weighed = weighPlanners(recallPlans(context, requestKind(sentence) ?? ''));
    return weighed.planner === 'model'
      ? planByModelFirst(context, sentence, weighed)
      : planByRules(context, sentence);
  }
  if (read.error.code !== 'usage') return read;
  const author = await openAuthor(context);
  if (!author.ok) return author.error.code === 'cancelled' ? author : read;
  const parts = readParts(sentence);
  const isForBoth = new Set(parts.map(({ planner }) => planner)).size > 1;
  const text = words.join(' ');
  const draft = isForBoth
    ? await planByBoth(author.value, text, parts)
    : await generatePlan(author.value, orderOf('plan', text));
  return draft.ok ? propose(context, draft.value) : draft;
}

/** What rules planned for such requests was turned down time and again; they are there all the same. */
async function planByModelFirst(
  context: CommandContext,
  sentence: string,
  { bad, of }: Weighed,
): Promise<Result<Outcome>> {
  const author = await openAuthor(context);
  if (!author.ok) {
    return author.error.code === 'cancelled' ? author : planByRules(context, sentence);
  }
  const { model } = author.value;
  const say = (line: string) => context.show({ kind: 'text', text: line, tone: 'dim' });
  say(`${model} plans this: of ${of} such plans by rules, ${bad} were turned down.`);
  const draft = await generatePlan(author.value, orderOf('plan', sentence));
  if (draft.ok) return propose(context, draft.value);
  if (draft.error.code === 'cancelled') return draft;
  say(`${draft.error.message} So rules plan it.`);
  return planByRules(context, sentence);
}

async function planByRules(context: CommandContext, sentence: string): Promise<Result<Outcome>> {
  const draft = await context.readers.rules.plan(sentence, context.signal);
  return draft.ok ? propose(context, draft.value) : draft;
}

/** Words of a shell have lost the quotes that the sentence needs. */
const sentenceOf = (words: readonly string[]): string =>
  words.length === 1
    ? (words[0] as string)
    : words.map((word) => (/\s|^$/.test(word) ? JSON.stringify(word) : word)).join(' ');
