import { resolvePath } from '../../paths/normalise.ts';
import { addFact, addTrait, type Context, deeper, runShellText } from '../../shell/evaluator.ts';
import { HIDDEN, judgeNames } from '../../shell/hidden.ts';
import { emptied, hasUnknown, isStatic, MARK, shown } from '../../shell/marks.ts';
import { changeFolder, setVariable } from '../../shell/state.ts';
import { joinStreams, NONE, type Stream } from '../../shell/stream.ts';
import { accessPath } from '../access.ts';
import type { Call } from '../call.ts';
import { runCode } from '../run-code.ts';
import { runPlain, worse } from '../run-plain.ts';
import { runScriptFile } from '../run-script.ts';

/** `cd`, `pushd`, `popd`: where one can be afterwards. */
export function changeDirectory({ program, args, context }: Call): Stream {
  const { state, evaluator } = context;
  const target = args.operands[0];
  if (target === '-') changeFolder(state, state.previous);
  else if (program.name === 'popd')
    changeFolder(state, [...state.previous, evaluator.situation.workspace]);
  else if (target === undefined || target === '') changeFolder(state, [evaluator.situation.home]);
  else {
    const folders = state.cwds.map((cwd) => resolvePath(cwd, target));
    // Unset and unquoted, the variable vanishes, and `cd` goes home.
    const isBare = hasUnknown(target) && emptied(target) === '';
    changeFolder(state, isBare ? [MARK.unknown, evaluator.situation.home] : folders);
  }
  return NONE;
}

/** `export`, `declare`, `local`, `readonly`, `unset`. */
export function declareVariables({ program, args, context }: Call): Stream {
  for (const operand of args.operands) {
    if (args.flags.includes('-i')) judgeNames(operand, context);
    else if (HIDDEN.test(operand)) {
      addTrait(context, 'hidden-command', `${program.name} ${operand}`);
    }
    const at = operand.indexOf('=');
    if (at < 0) {
      if (program.name === 'unset') setVariable(context.state, operand, ['']);
      else if (args.flags.includes('-p')) showVariable(context, operand);
      continue;
    }
    const isAppend = operand[at - 1] === '+';
    const name = operand.slice(0, isAppend ? at - 1 : at);
    const value = inLetterCase(args.flags, operand.slice(at + 1));
    addFact(context, {
      about: 'assignment',
      name,
      value: shown(value),
      scope: program.name === 'export' ? 'program' : 'shell',
    });
    const before = isAppend ? (context.state.variables.get(name) ?? ['']) : [''];
    // A name reference makes another variable's value reachable under this one.
    if (args.flags.includes('-n')) refer(context, name, value);
    else {
      const values = before.map((first) => first + value);
      setVariable(context.state, name, values);
    }
  }
  if (args.operands.length === 0) addTrait(context, 'dumps-environment', program.name);
  return { kind: args.operands.length === 0 ? 'secret' : 'none' };
}

/** `declare -l` and `-u` change the letters of what is assigned. */
const inLetterCase = (flags: readonly string[], value: string): string =>
  flags.includes('-l') ? value.toLowerCase() : flags.includes('-u') ? value.toUpperCase() : value;

/** `declare -p NAME` prints what it holds. */
function showVariable(context: Context, name: string): void {
  if (!context.state.variables.has(name)) addFact(context, { about: 'variable', name });
}

function refer({ state }: Context, name: string, target: string): void {
  if (isStatic(target) && target !== name) state.references.set(name, target);
  else setVariable(state, name, [MARK.unknown]);
}

/** `shift` drops the first of the positional parameters. */
export function shiftWords({ args, context }: Call): Stream {
  const count = Number(args.operands[0] ?? '1');
  const { positional } = context.state;
  if (positional !== null && Number.isInteger(count))
    context.state.positional = positional.slice(count);
  return NONE;
}

export function evalText({ args, context }: Call): Stream {
  const text = args.operands.join(' ');
  if (isStatic(text)) return runShellText(text, context);
  runCode(context, 'shell', text);
  return { kind: 'local' };
}

export function sourceFile({ args, context }: Call): Stream {
  const [path, ...rest] = args.operands;
  if (path === undefined) return { kind: 'local' };
  // `source <(tool completion bash)` is no worse than `eval "$(tool completion bash)"`.
  if (context.state.files.get(path)?.kind === 'local' && path.startsWith('/dev/fd/'))
    addTrait(context, 'dynamic-shell', 'source of what a program prints');
  else runScriptFile(context, path, rest);
  return { kind: 'local' };
}

export function execCommand({ args, context }: Call): Stream {
  return args.operands.length === 0
    ? NONE
    : context.evaluator.runCommand(args.operands, deeper(context));
}

export function setTrap({ args, context }: Call): Stream {
  const [text] = args.operands;
  if (text !== undefined && text !== '-' && args.operands.length > 1)
    runCode(context, 'shell', text);
  return NONE;
}

export function setAlias({ args, context }: Call): Stream {
  for (const operand of args.operands) {
    const at = operand.indexOf('=');
    if (at < 0) continue;
    const text = operand.slice(at + 1);
    runCode(context, 'shell', text);
    context.state.aliases.set(operand.slice(0, at), text);
  }
  return NONE;
}

/** `command -v rm` prints a name; `command rm` runs it. */
export function locateCommand({ program, args, words, context }: Call): Stream {
  const looks =
    !/^(command|builtin)$/.test(program.name) ||
    args.flags.some((flag) => flag === '-v' || flag === '-V');
  if (!looks) {
    const inner = words.slice(words.findIndex((word) => !word.startsWith('-')));
    return words.every((word) => word.startsWith('-'))
      ? NONE
      : context.evaluator.runCommand(inner, deeper(context));
  }
  return { kind: 'text', text: `${args.operands.join('\n')}\n` };
}

/** `set` alone prints every variable; `set -- a b` sets the positional ones. */
export function setOptions({ words, context }: Call): Stream {
  if (words.length === 0) {
    addTrait(context, 'dumps-environment', 'set');
    return { kind: 'secret' };
  }
  const at = words.indexOf('--');
  const first = words.findIndex((word) => !/^[-+]/.test(word));
  if (at >= 0) context.state.positional = words.slice(at + 1);
  else if (first >= 0 && words[first - 1]?.endsWith('o') !== true)
    context.state.positional = words.slice(first);
  return NONE;
}

/** What goes in comes out: text stays known through `cat`. */
export function passText(call: Call): Stream {
  runPlain(call);
  const { args, context } = call;
  const operands = args.operands.filter((operand) => operand !== '-');
  if (operands.length === 0) return context.input;
  return operands.map((operand) => fileStream(context, operand)).reduce(joinStreams, NONE);
}

function fileStream(context: Context, operand: string): Stream {
  const { cwds, files } = context.state;
  const paths = cwds.map((cwd) => resolvePath(cwd, operand));
  if (paths.includes('/dev/stdin')) return context.input;
  const known = paths.flatMap((path) => files.get(path) ?? []);
  return known.reduce(joinStreams, NONE).kind === 'none'
    ? { kind: 'file', path: paths[0] ?? MARK.unknown }
    : known.reduce(joinStreams, NONE);
}

export function teeText({ args, context }: Call): Stream {
  for (const operand of args.operands) {
    for (const path of accessPath(context, 'write', operand, 'tee'))
      context.state.files.set(path, context.input);
  }
  return worse(context.input, context.input);
}
