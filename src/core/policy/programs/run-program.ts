import { addFact, addTrait, type Context } from '../shell/evaluator.ts';
import { shown } from '../shell/marks.ts';
import type { Stream } from '../shell/stream.ts';
import { accessPath } from './access.ts';
import { type Call, reportProgram } from './call.ts';
import { asListed, onlyHelps, onlyLooks } from './only-looks.ts';
import { parseArgs } from './parse-args.ts';
import type { Program } from './program-spec.ts';
import { applyValues } from './roles.ts';
import { runPlain } from './run-plain.ts';
import { SPECIALS } from './specials.ts';

export function runProgram(given: Program, words: readonly string[], context: Context): Stream {
  const program = asListed(given, words);
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
  const { alone } = program.spec;
  const isAlone = alone !== undefined && args.operands.length === 0;
  reportProgram(isAlone ? { ...call, program: inGroup(program, alone) } : call);
  const output = special?.(call) ?? null;
  if (output !== null) return output;
  return runPlain(call);
}

const inGroup = (program: Program, group: string): Program => ({
  ...program,
  spec: { ...program.spec, group },
});

/** `echo --help` prints it. */
const isVerbatim = ({ spec }: Program): boolean =>
  spec.style === 'none' && spec.special !== 'kill' && spec.special !== 'dd';

/** As the one argument, or where the table says so: elsewhere it may belong to something that runs. */
function asksForHelp(program: Program, words: readonly string[]): boolean {
  if (onlyHelps(program, words)) return true;
  if (words.length !== 1 || isVerbatim(program)) return false;
  const word = words[0] as string;
  return (
    word === '--help' ||
    word === '--version' ||
    (word === '-h' && program.flags.get('-h') === undefined) ||
    (word === '-V' && program.flags.get('-V') === undefined)
  );
}

/** `cargo +nightly test`: one that rustup itself names, not one that anybody linked. */
const TOOLCHAIN = /^\+(stable|beta|nightly|\d)[\w.-]*$/;

/** `crystal ~/a.cr`: what stands where a subcommand would may be a file. */
const LIKE_PATH = /^[~.]?\/|^\.\.\//;

/** Null when the words name no subcommand at all. */
function runSubcommand(call: Call): Stream | null {
  const { program, args, context } = call;
  const isNamed = TOOLCHAIN.test(args.operands[0] ?? '') && program.name === 'cargo';
  const [name, ...rest] = isNamed ? args.operands.slice(1) : args.operands;
  if (name === undefined) return null;
  const sub = context.evaluator.table.findUnder(program, name);
  for (const flag of args.unknown)
    addTrait(context, 'unknown-flag', `${program.name} ${shown(flag)}`);
  if (args.flags.length > 0) {
    addFact(context, {
      about: 'program',
      name: program.name,
      group: sub !== null && onlyLooks(sub, rest) ? 'look' : (sub?.spec.group ?? 'unknown'),
      flags: args.flags,
      operands: [],
    });
  }
  if (sub === null) {
    addTrait(context, 'unknown-subcommand', `${program.name} ${shown(name)}`);
    for (const operand of args.operands)
      if (LIKE_PATH.test(operand)) accessPath(context, 'read', operand, program.name);
    applyValues(call);
    return { kind: 'local' };
  }
  const folder = applyValues(call);
  return runProgram(
    sub,
    rest,
    folder === null ? context : { ...context, state: { ...context.state, cwds: folder } },
  );
}
