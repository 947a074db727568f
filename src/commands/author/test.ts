import { orderOf } from '../../core/author/order.ts';
import { defineCommand } from '../command.ts';
import { FILE_ARG, findFile, PLANNING } from './order-args.ts';
import { proposeByModel } from './propose-by-model.ts';

export const testCommand = defineCommand({
  ...PLANNING,
  name: 'test',
  summary: 'Has a model plan tests for a file, which itself stays as it is',
  examples: ['test src/cart.ts'],
  args: { file: { ...FILE_ARG, summary: 'The file to be tested' } },
  async run({ file }, context) {
    const path = findFile(context, file);
    if (!path.ok) return path;
    return proposeByModel(
      context,
      orderOf('test', `Write tests for ${path.value}`, {
        paths: [path.value],
        untouched: [path.value],
      }),
    );
  },
});
