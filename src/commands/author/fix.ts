import { orderOf } from '../../core/author/order.ts';
import { fail, ok } from '../../core/result.ts';
import type { Result } from '../../core/types.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { findFailedCheck } from './find-failed-check.ts';
import { PLANNING } from './order-args.ts';
import { proposeByModel } from './propose-by-model.ts';

export const fix = defineCommand({
  ...PLANNING,
  name: 'fix',
  summary: 'Has a model plan a repair: of what you say, or of what the latest plan failed at',
  examples: ['fix', 'fix "the cart rounds twice"', 'fix - < output.txt'],
  args: {
    words: {
      kind: 'rest',
      type: 'text',
      isVerbatim: true,
      valueName: 'TEXT',
      summary: 'What is wrong; - reads what a program said from standard input',
    },
  },
  async run({ words }, context) {
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
    const failed = findFailedCheck(context.readers);
    return failed.ok ? proposeByModel(context, failed.value) : failed;
  },
});

/** The end of it: there programs say what came of all. */
const MOST_CHARACTERS = 4000;

async function readInput({ input }: CommandContext): Promise<Result<string>> {
  const text = input === null ? '' : await input.text();
  if (text.trim() === '') return fail('usage', 'There is nothing on standard input to repair.');
  return ok(text.slice(-MOST_CHARACTERS));
}
