import { orderOf } from '../../core/author/order.ts';
import { readSentence } from '../../core/planner/read-sentence.ts';
import type { Outcome, Result } from '../../core/types.ts';
import { AUTHOR_LIMITS } from '../author/author-limits.ts';
import { generatePlan } from '../author/generate-plan.ts';
import { openAuthor } from '../author/open-author.ts';
import { proposeByModel } from '../author/propose-by-model.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { propose } from './propose.ts';

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
      summary: 'Who plans; auto: a model, where the rules do not understand and one is there',
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

/** The rules are exact and cost nothing: what they understand is theirs, also where it fails. */
async function planByEither(
  context: CommandContext,
  words: readonly string[],
): Promise<Result<Outcome>> {
  const sentence = sentenceOf(words);
  const read = readSentence(sentence);
  if (read.ok || read.error.code !== 'usage') return planByRules(context, sentence);
  const author = await openAuthor(context);
  if (!author.ok) return author.error.code === 'cancelled' ? author : read;
  const draft = await generatePlan(author.value, orderOf('plan', words.join(' ')));
  return draft.ok ? propose(context, draft.value) : draft;
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
