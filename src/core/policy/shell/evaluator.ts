import type { Result, Situation } from '../../types.ts';
import type { Collector, Fact } from '../facts.ts';
import type { ProgramTable } from '../programs/program-table.ts';
import type { Node, Script } from '../shell-syntax.ts';
import type { ShellState } from './state.ts';
import type { Stream } from './stream.ts';

/**
 * What every part of the analysis holds. The walkers are fields, so that the files below need not
 * import each other in a circle: `evaluate.ts` ties them together.
 */
export type Evaluator = {
  readonly situation: Situation;
  readonly table: ProgramTable;
  readonly parseShell: (text: string) => Result<Script>;
  readonly collector: Collector;
  /** A step back: one for every command looked at; at zero the analysis ends with "ask". */
  readonly budget: { steps: number };
  readonly walkScript: (script: Script, context: Context) => Stream;
  readonly walkNode: (node: Node, context: Context) => Stream;
  /** Functions that nothing has called yet: what is left at the end is judged as it stands. */
  readonly uncalled: Map<Node, () => void>;
  /** Runs a command whose words are already expanded. */
  readonly runCommand: (fields: readonly string[], context: Context) => Stream;
};

export type Context = {
  readonly evaluator: Evaluator;
  readonly state: ShellState;
  readonly input: Stream;
  readonly depth: number;
  /** Bodies of the functions being run, to see recursion. */
  readonly callers: readonly Node[];
  /** Files being run as scripts, to see those that run themselves. */
  readonly scripts: readonly string[];
  /** In a pipe or the background: recursion there multiplies. */
  readonly isForked: boolean;
  /** Inside a loop that nothing ends. */
  readonly isEndless: boolean;
};

/** Deeper nesting of wrappers, functions and texts in texts is not judged any more. */
const DEEPEST = 24;

export const addFact = (context: Context, fact: Fact): void =>
  context.evaluator.collector.add(fact);

export const addTrait = (context: Context, name: string, detail: string): void =>
  addFact(context, { about: 'trait', name, detail: clip(detail) });

const LONGEST_DETAIL = 160;
const clip = (text: string): string =>
  text.length > LONGEST_DETAIL ? `${text.slice(0, LONGEST_DETAIL)}…` : text;

/** False when there is nothing left to spend; the fact for that is added here. */
export function spend(context: Context): boolean {
  const { budget } = context.evaluator;
  budget.steps -= 1;
  if (budget.steps >= 0 && context.depth <= DEEPEST) return true;
  addTrait(context, 'too-complex', 'more parts than can be judged');
  return false;
}

export const deeper = (context: Context, input: Stream = context.input): Context => ({
  ...context,
  input,
  depth: context.depth + 1,
});

/** Text that a shell would run: parsed and judged as a script of its own. */
export function runShellText(
  text: string,
  context: Context,
  positional?: readonly string[],
): Stream {
  const parsed = context.evaluator.parseShell(text);
  if (!parsed.ok) {
    addTrait(context, 'unparsed', parsed.error.message);
    return { kind: 'local' };
  }
  const before = context.state.positional;
  if (positional !== undefined) context.state.positional = positional;
  const output = context.evaluator.walkScript(parsed.value, deeper(context));
  context.state.positional = before;
  return output;
}
