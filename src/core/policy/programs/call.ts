import { addFact, addTrait, type Context } from '../shell/evaluator.ts';
import { shown } from '../shell/marks.ts';
import { accessPath } from './access.ts';
import { judgeOutside } from './outside.ts';
import type { ParsedArgs } from './parse-args.ts';
import type { Program } from './program-spec.ts';

/** A program, its arguments as parsed, and all the words as written. */
export type Call = {
  readonly program: Program;
  readonly args: ParsedArgs;
  readonly words: readonly string[];
  readonly context: Context;
};

export function reportProgram(call: Call): void {
  const { program, args, context } = call;
  const group = program.spec.group ?? 'unknown';
  addFact(context, {
    about: 'program',
    name: program.name,
    group,
    flags: [...args.flags, ...args.unknown],
    operands: [...args.operands, ...valuesOfUnknown(args)].map(shown),
  });
  if (program.spec.style === 'any' || RUNS_PROJECT.test(group))
    judgeOutside(program, call.words, context);
  // These go by what the folder says that they are in.
  if ((RUNS_PROJECT.test(group) || group.startsWith('git')) && isElsewhere(context))
    accessPath(context, 'read', '.', program.name);
  if (program.spec.style === 'any' || program.spec.style === 'none') return;
  for (const flag of args.unknown)
    addTrait(context, 'unknown-flag', `${program.name} ${shown(flag)}`);
  for (const word of args.dynamic)
    addTrait(context, 'dynamic-argument', `${program.name} ${shown(word)}`);
}

/** Whatever its tables say, the project's code gets the words that are left. */
const RUNS_PROJECT = /^(build|compile|package-run|project-tool|run-project)/;

function isElsewhere({ state, evaluator }: Context): boolean {
  const { workspace } = evaluator.situation;
  return state.cwds.some((cwd) => cwd !== workspace && !cwd.startsWith(`${workspace}/`));
}

const valuesOfUnknown = ({ values }: ParsedArgs): readonly string[] =>
  values.filter(({ flag }) => flag.role === 'unknown').map(({ value }) => value);
