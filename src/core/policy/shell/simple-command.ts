import type { Program } from '../programs/program-spec.ts';
import type { Assignment, SimpleCommand, Word } from '../shell-syntax.ts';
import { addFact, type Context } from './evaluator.ts';
import { expandSubscript, expandText, expandWords } from './expand.ts';
import { judgeValue } from './hidden.ts';
import { MARK, shown } from './marks.ts';
import { applyRedirects } from './redirects.ts';
import { setVariable, uncertainly } from './state.ts';
import { joinStreams, NONE, type Stream } from './stream.ts';

/** Words are expanded, then assignments, then redirects, then the program runs: bash's order. */
export function runSimpleCommand(command: SimpleCommand, context: Context): Stream {
  const words = command.words.map((word) => asWord(word, context));
  const namesFrom = words.some(isSubstituted) && !handsOn(words, context) ? 1 : undefined;
  const ways = distinctWays(expandWords(words, context, namesFrom));
  const isBare = ways.every((fields) => fields.length === 0);
  const undo = assignAll(command.assignments, context, isBare ? 'shell' : 'program');
  const redirected = applyRedirects(command.redirects, context);
  const inner = { ...context, input: redirected.input };
  const output = runWays(ways, inner);
  undo();
  return redirected.finish(output);
}

const isSubstituted = ({ text }: Word): boolean => text.includes('$(') || text.includes('`');

/**
 * Whether a missing word would be more than that (`rm -rf "$1"/*` in a function, `cd` going home), or
 * it matters where below the folder a name lies (`cp x $(find . -name pre-commit)`), or it names
 * something to do (`make $(ls)`).
 */
const handsOn = (words: readonly Word[], { state, evaluator }: Context): boolean =>
  state.functions.size + state.aliases.size > 0 ||
  words.some(({ text }) => HANDS_ON.test(text) || takesMore(evaluator.table.find(text)));

const takesMore = (program: Program | null): boolean =>
  /^(change|package)$/.test(program?.spec.group ?? '') ||
  (program?.spec.group === 'build' && program.spec.operands === 'text...');
const HANDS_ON =
  /^(.*\/)?(cd|pushd|set|eval|exec|source|\.|[abcktz]*sh|dash|fish|busybox|toybox|parallel|trap|su|sudo|doas)$/;

const distinctWays = (ways: readonly (readonly string[])[]) =>
  ways.length === 1 ? ways : [...new Map(ways.map((way) => [way.join('\0'), way])).values()];

function runWays(ways: readonly (readonly string[])[], context: Context): Stream {
  const only = ways.length === 1 ? ways[0] : undefined;
  if (only !== undefined)
    return only.length === 0 ? NONE : context.evaluator.runCommand(only, context);
  let output: Stream = NONE;
  uncertainly(context.state, () => {
    for (const fields of ways) {
      if (fields.length > 0)
        output = joinStreams(output, context.evaluator.runCommand(fields, context));
    }
  });
  return output;
}

/** `export a=b` hands the assignment over as a word. */
function asWord(word: Word | Assignment, context: Context): Word {
  if (word.kind === 'word') return word;
  expandSubscript(word.index, context);
  const values = valuesOf(word, context);
  const text = `${word.name}${word.isAppend ? '+' : ''}=${values[0] ?? ''}`;
  return { kind: 'word', text, parts: [{ kind: 'quoted', text }] };
}

function valuesOf(assignment: Assignment, context: Context): readonly string[] {
  const { value } = assignment;
  if ('kind' in value) return expandText(value.parts, context);
  return expandWords(value, context).map((fields) =>
    // `[key]=value` in an array: which key it has does not matter here.
    fields.map((field) => field.replace(/^\[[^\]]*\]=/, '')).join(MARK.between),
  );
}

/** Gives the way back: what is set for one program does not last. */
function assignAll(
  assignments: readonly Assignment[],
  context: Context,
  scope: 'program' | 'shell',
): () => void {
  const before = new Map<string, readonly string[] | undefined>();
  for (const assignment of assignments) {
    const [index] = expandSubscript(assignment.index, context);
    const { name } = assignment;
    const values = valuesOf(assignment, context);
    before.set(name, context.state.variables.get(name));
    for (const value of values) {
      judgeValue(value, context);
      addFact(context, { about: 'assignment', name, value: shownValue(value), scope });
    }
    const whole =
      index === undefined
        ? appended(assignment, before.get(name), values)
        : placed(index, before.get(name), values);
    setVariable(context.state, name, whole);
  }
  if (scope === 'shell') return () => undefined;
  return () => {
    for (const [name, values] of before) {
      if (values === undefined) context.state.variables.delete(name);
      else context.state.variables.set(name, values);
    }
  };
}

function appended(
  assignment: Assignment,
  before: readonly string[] | undefined,
  values: readonly string[],
): readonly string[] {
  if (!assignment.isAppend) return values;
  const isArray = !('kind' in assignment.value);
  return (before ?? ['']).flatMap((first) =>
    values.map((value) => (isArray && first !== '' ? first + MARK.between + value : first + value)),
  );
}

/** `a[1]=x` among what the array holds; a key that is no number comes last. */
function placed(
  index: string,
  before: readonly string[] | undefined,
  values: readonly string[],
): readonly string[] {
  return (before ?? ['']).flatMap((first) =>
    values.map((value) => {
      const items = first === '' ? [] : first.split(MARK.between);
      const at = /^\d{1,3}$/.test(index) ? Number(index) : items.length;
      return [...items.slice(0, at), value, ...items.slice(at + 1)].join(MARK.between);
    }),
  );
}

/** Rules look at the beginning of a value at most. */
const LONGEST_SHOWN = 1_000;
const shownValue = (value: string): string => shown(value.slice(0, LONGEST_SHOWN));
