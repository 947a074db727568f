import { addFact, addTrait, type Context, deeper } from '../shell/evaluator.ts';
import { shown } from '../shell/marks.ts';
import { joinStreams, NONE, type Stream } from '../shell/stream.ts';
import { type ParsedArgs, parseArgs } from './parse-args.ts';
import type { Program } from './program-spec.ts';
import { applyOperands, applyValues } from './roles.ts';
import { SPECIALS } from './specials.ts';

/** A program, its arguments as parsed, and all the words as written. */
export type Call = {
  readonly program: Program;
  readonly args: ParsedArgs;
  readonly words: readonly string[];
  readonly context: Context;
};

export function runProgram(program: Program, words: readonly string[], context: Context): Stream {
  if (asksForHelp(program, words)) {
    addFact(context, {
      about: 'program',
      name: 'help',
      group: 'help',
      flags: [],
      operands: [program.name],
    });
    return { kind: 'local' };
  }
  const special = program.spec.special === undefined ? undefined : SPECIALS[program.spec.special];
  const args = parseArgs(program, words);
  const call = { program, args, words, context };
  if (program.spec.subcommands !== undefined) {
    const output = runSubcommand(call);
    if (output !== null) return output;
  }
  reportProgram(call);
  const output = special?.(call) ?? null;
  if (output !== null) return output;
  return runPlain(call);
}

/** Only as the one argument: elsewhere it may belong to something that runs. */
function asksForHelp(program: Program, words: readonly string[]): boolean {
  if (words.length !== 1 || program.spec.style === 'none' || program.spec.style === 'any')
    return false;
  const word = words[0] as string;
  return (
    word === '--help' ||
    word === '--version' ||
    (word === '-h' && program.flags.get('-h') === undefined) ||
    (word === '-V' && program.flags.get('-V') === undefined)
  );
}

export function reportProgram(call: Call): void {
  const { program, args, context } = call;
  const group = program.spec.group ?? 'unknown';
  addFact(context, {
    about: 'program',
    name: program.name,
    group,
    flags: [...args.flags, ...args.unknown],
    operands: args.operands.map(shown),
  });
  if (program.spec.style === 'any' || program.spec.style === 'none') return;
  for (const flag of args.unknown)
    addTrait(context, 'unknown-flag', `${program.name} ${shown(flag)}`);
  for (const word of args.dynamic)
    addTrait(context, 'dynamic-argument', `${program.name} ${shown(word)}`);
}

/** Values and operands by their roles, then what it wraps and what comes out. */
export function runPlain(call: Call): Stream {
  const { program, args, context } = call;
  applyValues(call);
  const wraps = program.spec.wraps;
  if (wraps === undefined) {
    applyOperands(call);
    return outputOf(call);
  }
  const inner = args.operands.slice(wraps);
  return inner.length === 0 ? NONE : context.evaluator.runCommand(inner, deeper(context));
}

/** Null when the words name no subcommand at all. */
function runSubcommand(call: Call): Stream | null {
  const { program, args, context } = call;
  const [name, ...rest] = args.operands;
  if (name === undefined) return null;
  const sub = context.evaluator.table.findUnder(program, name);
  if (sub === null) {
    addTrait(context, 'unknown-subcommand', `${program.name} ${shown(name)}`);
    applyValues(call);
    return { kind: 'local' };
  }
  for (const flag of args.unknown)
    addTrait(context, 'unknown-flag', `${program.name} ${shown(flag)}`);
  if (args.flags.length > 0) {
    addFact(context, {
      about: 'program',
      name: program.name,
      group: sub.spec.group ?? 'unknown',
      flags: args.flags,
      operands: [],
    });
  }
  const folder = applyValues(call);
  return runProgram(
    sub,
    rest,
    folder === null ? context : { ...context, state: { ...context.state, cwds: folder } },
  );
}

export function outputOf(call: Call): Stream {
  const { program, args, context } = call;
  switch (program.spec.output ?? 'local') {
    case 'network':
      return { kind: 'network' };
    case 'secret':
      return { kind: 'secret' };
    case 'decoded':
      return worse(context.input, { kind: 'decoded' });
    case 'names':
      return { kind: 'names', paths: args.operands };
    case 'none':
      return NONE;
    case 'pass':
      return args.operands.some((operand) => operand !== '-')
        ? worse(context.input, { kind: 'local' })
        : context.input;
    default:
      return worse(context.input, { kind: 'local' });
  }
}

const TAINTED = new Set(['network', 'secret', 'decoded']);

/** What came from the network stays so, whatever it is filtered by. */
export const worse = (input: Stream, output: Stream): Stream =>
  TAINTED.has(input.kind) ? joinStreams(input, output) : output;
