import { addFact, deeper } from '../../shell/evaluator.ts';
import type { Stream } from '../../shell/stream.ts';
import type { Call } from '../call.ts';
import { applyValues } from '../roles.ts';
import { runJoined } from './wrappers.ts';

/** `yarn workspace api test` is `yarn test`, in another folder of the project. */
export function runInWorkspace({ program, args, context }: Call): Stream | null {
  const [tool = '', ...path] = program.name.split(' ');
  const words = path.includes('foreach') ? args.operands : args.operands.slice(1);
  return words.length === 0
    ? null
    : context.evaluator.runCommand([tool, ...words], deeper(context));
}

/** `yarn eslint` is `eslint`, out of the project's own packages. */
export const runTool = ({ program, words, context }: Call): Stream =>
  context.evaluator.runCommand([program.name.split(' ').pop() ?? '', ...words], deeper(context));

/** `npx tool`: a tool of the project that a table knows is judged as itself; others ask. */
export function runPackage(call: Call): Stream {
  const { program, args, context } = call;
  // There it is no package but a text for a shell.
  if (program.name === 'bun exec') runJoined(call);
  applyValues(call);
  const [tool] = args.operands;
  const known = tool === undefined ? null : context.evaluator.table.find(tool);
  const isFetched = args.flags.some((flag) => flag === '-p' || flag === '--package');
  if (tool === undefined || isFetched || (known?.spec.group !== 'build' && tool !== 'tinycode')) {
    addFact(context, {
      about: 'program',
      name: program.name,
      group: 'runner',
      flags: [],
      operands: [...args.operands],
    });
    // What is known of the tool is judged as well: it may be a wrapper, or no package at all.
    if (known === null || isFetched) return { kind: 'local' };
  }
  return context.evaluator.runCommand(args.operands, deeper(context));
}
