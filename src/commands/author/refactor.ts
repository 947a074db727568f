import { orderOf } from '../../core/author/order.ts';
import { defineCommand } from '../command.ts';
import { PLANNING } from './order-args.ts';
import { proposeByModel } from './propose-by-model.ts';

export const refactor = defineCommand({
  ...PLANNING,
  name: 'refactor',
  summary: 'Has a model plan how code is written anew that does the same',
  examples: ['refactor "split readAll in src/read.ts into smaller functions"'],
  args: {
    words: {
      kind: 'rest',
      type: 'text',
      isRequired: true,
      isVerbatim: true,
      valueName: 'TEXT',
      summary: 'What to write anew, in a sentence that names files or functions',
    },
  },
  run: ({ words }, context) => proposeByModel(context, orderOf('refactor', words.join(' '))),
});
