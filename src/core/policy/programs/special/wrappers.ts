import { resolvePath } from '../../paths/normalise.ts';
import { addFact, addTrait, deeper, runShellText } from '../../shell/evaluator.ts';
import { isStatic, MARK, shown } from '../../shell/marks.ts';
import type { Stream } from '../../shell/stream.ts';
import type { Call } from '../call.ts';
import { applyValues } from '../roles.ts';
import { runPlain } from '../run-plain.ts';
import { unescapeText } from './escapes.ts';

/** `env A=b cmd`: assignments first; `-S` splits a text into words. Alone it prints everything. */
export function runEnv(call: Call): Stream {
  const { args, context } = call;
  const split = args.values.filter(
    ({ flag }) => flag.name === '-S' || flag.name === '--split-string',
  );
  const home = context.evaluator.situation.home;
  const inner = split
    .flatMap(({ value }) => splitWords(value))
    .map((word) => word.replace(/^~(?=\/|$)/, home));
  const operands = args.operands[0] === '-' ? args.operands.slice(1) : args.operands;
  const words = [...inner, ...operands];
  const first = words.findIndex((word) => !ASSIGNMENT.test(word));
  const assignments = first < 0 ? words : words.slice(0, first);
  for (const word of assignments) {
    const at = word.indexOf('=');
    addFact(context, {
      about: 'assignment',
      name: word.slice(0, at),
      value: shown(word.slice(at + 1)),
      scope: 'program',
    });
  }
  const folder = applyValues(call);
  if (first < 0) {
    addTrait(context, 'dumps-environment', 'env');
    return { kind: 'secret' };
  }
  const state = folder === null ? context.state : { ...context.state, cwds: folder };
  return context.evaluator.runCommand(words.slice(first), { ...deeper(context), state });
}

const ASSIGNMENT = /^[^=/]+=/;

const splitWords = (text: string): readonly string[] =>
  [...text.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map((m) => m[1] ?? m[2] ?? m[3] ?? '');

/** `xargs cmd`: the input becomes more operands of the command. */
export function runXargs(call: Call): Stream {
  const { args, context } = call;
  applyValues(call);
  const command = args.operands.length === 0 ? ['echo'] : args.operands;
  const replace = args.values.find(({ flag }) => /^(-I|-i|--replace)$/.test(flag.name))?.value;
  const mark = replace ?? (args.flags.some((f) => f === '-i' || f === '--replace') ? '{}' : null);
  const text = command[command.indexOf('-c') + 1];
  const runsInput = command.includes('-c') && (text === undefined || text === mark);
  if (runsInput && context.input.kind !== 'text') {
    addTrait(context, 'generated-code', 'xargs hands what it reads to a shell');
  }
  for (const items of inputFields(inputOf(call), separatorOf(call, mark))) {
    const words =
      mark === null
        ? [...command, ...items]
        : command.map((word) => word.split(mark).join(items.join(' ')));
    context.evaluator.runCommand(words, { ...deeper(context), input: { kind: 'none' } });
  }
  return { kind: context.input.kind === 'network' ? 'network' : 'local' };
}

/** With `-a` a file stands for the pipe. */
function inputOf({ args, context }: Call): Stream {
  const file = args.values.find(({ flag }) => /^(-a|--arg-file)$/.test(flag.name))?.value;
  if (file === undefined) return context.input;
  const full = resolvePath(context.state.cwds[0] ?? MARK.unknown, file);
  return context.state.files.get(full) ?? { kind: 'file', path: full };
}

/** With `-0`, `-d` and `-I` blanks stay in the words. */
function separatorOf({ args }: Call, mark: string | null): string {
  const given = args.values.find(({ flag }) => /^(-d|--delimiter)$/.test(flag.name))?.value;
  if (given !== undefined) return unescapeText(given);
  if (args.flags.some((flag) => flag === '-0' || flag === '--null')) return '\0';
  return mark === null ? BLANKS : '\n';
}

const BLANKS = ' ';

/** What the command may be given: known words, names below a folder, or anything. */
function inputFields(input: Stream, separator = BLANKS): readonly (readonly string[])[] {
  switch (input.kind) {
    case 'text': {
      if (separator === BLANKS) return [wordsOf(input.text)];
      const items = input.text.split(separator).map((item) => item.replace(/^[ \t]+|\n$/g, ''));
      const given = items.filter((item) => item !== '');
      return separator === '\n' && given.length <= MOST_LINES
        ? given.map((item) => [item])
        : [given];
    }
    case 'names':
      return [input.paths];
    case 'network':
    case 'decoded':
      return [[MARK.foreign]];
    case 'altered':
      return [[MARK.altered]];
    case 'secret':
      return [[MARK.secret]];
    default:
      return [[MARK.output]];
  }
}

/** More lines than this are not told apart. */
const MOST_LINES = 64;

const wordsOf = (text: string): readonly string[] => splitWords(text.replaceAll('\0', ' '));

/** `parallel cmd {} ::: a b`: the command text is given to a shell. */
export function runParallel(call: Call): Stream {
  const { args, context } = call;
  const at = args.operands.findIndex((word) => /^:::/.test(word));
  const command = at < 0 ? args.operands : args.operands.slice(0, at);
  const given =
    at < 0
      ? inputFields(context.input, '\n').flat()
      : args.operands.slice(at + 1).filter((word) => !/^:::/.test(word));
  for (const item of given.length === 0 ? [''] : given) {
    const text =
      command.length === 0
        ? item
        : command.some((w) => w.includes('{}'))
          ? command.join(' ').split('{}').join(item)
          : `${command.join(' ')} ${item}`;
    if (isStatic(text)) runShellText(text, context);
    else context.evaluator.runCommand(text.split(/\s+/), deeper(context));
  }
  return { kind: 'local' };
}

/**
 * Programs like `watch` that join their operands into one text for a shell. Some take several as a
 * program and its words, so those are judged both ways.
 */
export function runJoined(call: Call): Stream {
  const { args, context } = call;
  const text = args.operands.join(' ');
  if (!isStatic(text)) return runPlain(call);
  applyValues(call);
  runShellText(text, context);
  if (args.operands.length > 1) context.evaluator.runCommand(args.operands, deeper(context));
  return { kind: 'local' };
}
