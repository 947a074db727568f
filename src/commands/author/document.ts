import { orderOf } from '../../core/author/order.ts';
import { defineCommand } from '../command.ts';
import { FILE_ARG, findFile, PLANNING } from './order-args.ts';
import { proposeByModel } from './propose-by-model.ts';

export const documentCommand = defineCommand({
  ...PLANNING,
  name: 'document',
  summary: 'Has a model plan the comments and documentation of a file',
  examples: ['document src/cart.ts'],
  args: { file: { ...FILE_ARG, summary: 'The file to document' } },
  async run({ file }, context) {
    const path = findFile(context, file);
    if (!path.ok) return path;
    const why = 'Document what is public and what is not obvious; correct what is said wrongly.';
    return proposeByModel(
      context,
      orderOf('document', `Document ${path.value}`, {
        paths: [path.value],
        outline: { goal: '', steps: [{ kind: 'edit', path: path.value, why }] },
      }),
    );
  },
});
