import { defineCommand } from '../command.ts';
import { LARGE } from './plan-args.ts';
import { propose } from './propose.ts';

export const plan = defineCommand({
  name: 'plan',
  family: 'plan',
  summary: 'Plans what plain words ask for; nothing changes before it is approved',
  examples: [
    'plan "rename parseArgs to readArgs in src"',
    'plan "replace \\"colour\\" with \\"color\\" in docs/**/*.md"',
    'plan "run npm test"',
  ],
  kind: 'propose',
  risk: 'low',
  modes: ['propose', 'execute'],
  needs: ['audit-log'],
  limits: LARGE,
  args: {
    words: {
      kind: 'rest',
      type: 'text',
      isRequired: true,
      isVerbatim: true,
      valueName: 'TEXT',
      summary: 'What to change, in a sentence',
    },
  },
  async run({ words }, context) {
    const draft = await context.readers.rules.plan(sentenceOf(words), context.signal);
    return draft.ok ? propose(context, draft.value) : draft;
  },
});

/** Words of a shell have lost the quotes that the sentence needs. */
const sentenceOf = (words: readonly string[]): string =>
  words.length === 1
    ? (words[0] as string)
    : words.map((word) => (/\s|^$/.test(word) ? JSON.stringify(word) : word)).join(' ');
