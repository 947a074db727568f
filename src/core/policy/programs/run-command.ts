import { baseName, resolvePath } from '../paths/normalise.ts';
import { addTrait, type Context, deeper, runShellText, spend } from '../shell/evaluator.ts';
import { emptied, hasGlob, hasUnknown, isMade, isStatic, MARK, shown } from '../shell/marks.ts';
import { OWN_PROGRAM } from '../shell/state.ts';
import type { Stream } from '../shell/stream.ts';
import { accessPath } from './access.ts';
import { isInstalled } from './installed.ts';
import type { Program } from './program-spec.ts';
import { runProgram } from './run-program.ts';
import { isProgram, runScriptFile } from './run-script.ts';

const LOCAL: Stream = { kind: 'local' };

/** One command whose words are known as far as they can be. */
export function runCommand(fields: readonly string[], context: Context): Stream {
  const [name, ...args] = fields;
  if (name === undefined || !spend(context)) return LOCAL;
  if (name === OWN_PROGRAM) {
    addTrait(
      context,
      context.isForked || context.depth > 0 ? 'fork-bomb' : 'recursion',
      'runs itself',
    );
    return LOCAL;
  }
  if (!isStatic(name)) return runDynamic(name, args, context);
  const alias = context.state.aliases.get(name);
  if (alias !== undefined) {
    context.state.aliases.delete(name);
    runShellText([alias, ...args].join(' '), context);
  }
  if (context.state.functions.has(name)) return callFunction(name, args, context);
  const program = findProgram(name, context);
  if (program !== null) return runProgram(program, args, context);
  return runUnknown(name, args, context);
}

function findProgram(name: string, context: Context): Program | null {
  const { table } = context.evaluator;
  if (!name.includes('/')) return table.find(name);
  const full = resolvePath(context.state.cwds[0] ?? MARK.unknown, name);
  // A program elsewhere only shares its name with one of the system.
  if (isProgram(full)) return table.find(baseName(full));
  return isInstalled(full, context) ? table.find(baseName(full)) : null;
}

function runUnknown(name: string, args: readonly string[], context: Context): Stream {
  if (LOADER.test(name)) {
    addTrait(context, 'disguised-command', shown(name));
    const inner = args.filter((arg) => !arg.startsWith('-'));
    return context.evaluator.runCommand(inner, deeper(context));
  }
  if (name.includes('/')) {
    runScriptFile(context, name, args);
    // A copy of a system program does what the program does, wherever it lies.
    const twin = context.evaluator.table.find(baseName(name));
    if (twin !== null) runProgram(twin, args, deeper(context));
    else judgeOperands(name, args, context);
    return LOCAL;
  }
  addTrait(context, 'unknown-program', shown(name));
  judgeOperands(name, args, context);
  return LOCAL;
}

/** The dynamic loader starts any program it is given. */
const LOADER = /(^|\/)ld(-linux[\w.-]*|-musl[\w.-]*|)?\.so[.\d]*$/;

/** Nothing is known of the program, but what it is pointed at can still be judged. */
function judgeOperands(name: string, args: readonly string[], context: Context): void {
  for (const arg of args) {
    const value = arg.startsWith('-') ? arg.slice(arg.indexOf('=') + 1) : arg;
    if (!value.startsWith('-') && LIKE_PATH.test(value)) accessPath(context, 'read', value, name);
  }
}

const LIKE_PATH = /^[~./]|\/|^\.[\w]/;

function callFunction(name: string, args: readonly string[], context: Context): Stream {
  const body = context.state.functions.get(name);
  if (body === undefined) return LOCAL;
  context.evaluator.uncalled.delete(body);
  if (context.callers.includes(body)) {
    addTrait(context, context.isForked ? 'fork-bomb' : 'recursion', `${name} calls itself`);
    return LOCAL;
  }
  const before = context.state.positional;
  context.state.positional = args;
  const callers = [...context.callers, body];
  const output = context.evaluator.walkNode(body, { ...deeper(context), callers });
  context.state.positional = before;
  return output;
}

/** The program's name itself is made at run time. */
function runDynamic(name: string, args: readonly string[], context: Context): Stream {
  const isDisguised = hasGlob(name) || isMade(name);
  addTrait(context, isDisguised ? 'disguised-command' : 'dynamic-command', shown(name));
  const rest = emptied(name);
  if (hasUnknown(name) && isStatic(rest)) {
    if (rest !== '') context.evaluator.runCommand([rest, ...args], deeper(context));
    // An unset variable vanishes, and the next word becomes the command.
    else if (args.length > 0) tryNextWord(args, context);
  }
  for (const arg of args) {
    if (!arg.startsWith('-') && LIKE_PATH.test(arg)) accessPath(context, 'write', arg, shown(name));
  }
  return LOCAL;
}

function tryNextWord(args: readonly string[], context: Context): void {
  const next = args[0] as string;
  if (isStatic(next) && context.evaluator.table.find(next) !== null) {
    context.evaluator.runCommand(args, deeper(context));
  }
}
