import { baseName, parentOf, resolvePath } from '../../paths/normalise.ts';
import { addFact, addTrait } from '../../shell/evaluator.ts';
import { HIDDEN, judgeNames } from '../../shell/hidden.ts';
import { isStatic, MARK } from '../../shell/marks.ts';
import { setVariable } from '../../shell/state.ts';
import { NONE, type Stream } from '../../shell/stream.ts';
import type { Call } from '../call.ts';
import { applyOperands, applyValues } from '../roles.ts';
import { unescapeText } from './escapes.ts';

/** `echo` and `printf`: what they print is known when their words are. */
export function printText(call: Call): Stream {
  const { program, words, context } = call;
  const text = program.name === 'printf' ? printFormat(call) : echo(words);
  if (text === null) return { kind: 'local' };
  if (text.includes(MARK.secret)) return { kind: 'secret' };
  if (text.includes(MARK.foreign)) return { kind: 'decoded' };
  if (text.includes(MARK.altered)) return { kind: 'altered' };
  if (!isStatic(text) && words.some((word) => word.includes(MARK.output))) return { kind: 'local' };
  void context;
  return { kind: 'text', text };
}

function echo(words: readonly string[]): string {
  const first = words.findIndex((word) => !/^-[neE]+$/.test(word));
  const flags = words.slice(0, first < 0 ? words.length : first).join('');
  const text = words.slice(first < 0 ? words.length : first).join(' ');
  const end = flags.includes('n') ? '' : '\n';
  return (flags.includes('e') ? unescapeText(text) : text) + end;
}

function printFormat(call: Call): string | null {
  const words = call.words[0] === '--' ? call.words.slice(1) : call.words;
  if (words[0] === '-v') {
    const value = words[2] === undefined ? null : format(words.slice(2));
    const name = words[1] ?? '';
    if (HIDDEN.test(name)) addTrait(call.context, 'hidden-command', name);
    setVariable(call.context.state, name, [value ?? MARK.unknown]);
    addFact(call.context, { about: 'assignment', name, value: value ?? '', scope: 'shell' });
    return '';
  }
  return format(words);
}

const MOST_ROUNDS = 64;

/** printf as far as strings go; the format is used again until the words are used up. */
function format(words: readonly string[]): string | null {
  const pattern = words[0] ?? '';
  let rest = words.slice(1);
  let text = '';
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const before = rest.length;
    text += unescapeText(pattern, true).replace(
      /%(%|[-+ 0#]*\d*(?:\.\d+)?[a-zA-Z])/g,
      (whole, kind: string) => {
        if (kind === '%') return '%';
        const [word = '', ...others] = rest;
        rest = others;
        if (kind.endsWith('b')) return unescapeText(word);
        if (kind.endsWith('c')) return word.slice(0, 1);
        if (/[xXou]$/.test(kind) && /^\d+$/.test(word)) return inBase(Number(word), kind);
        return whole === '' ? '' : word;
      },
    );
    if (rest.length === 0 || rest.length === before) return text;
  }
  return null;
}

const inBase = (value: number, kind: string): string =>
  kind.toLowerCase().endsWith('x')
    ? value.toString(16)
    : kind.endsWith('o')
      ? value.toString(8)
      : String(value);

/** `read`, `mapfile`: variables take what the input holds. */
export function readVariables(call: Call): Stream {
  const { program, args, context } = call;
  const { input, state } = context;
  const isArray = program.name !== 'read';
  const names = args.operands.length > 0 ? args.operands : [isArray ? 'MAPFILE' : 'REPLY'];
  applyValues(call);
  const arrays = args.values.filter(({ flag }) => flag.name === '-a').map(({ value }) => value);
  const delimiter = args.values.find(({ flag }) => flag.name === '-d')?.value;
  const separator = isArray ? (delimiter ?? '\n') : /\s+/;
  for (const name of [...names, ...arrays]) {
    if (HIDDEN.test(name)) addTrait(context, 'hidden-command', name);
    addFact(context, { about: 'assignment', name, value: 'from the input', scope: 'shell' });
    setVariable(
      state,
      name,
      arrays.includes(name) || isArray ? arrayOf(input, separator) : valuesOf(input),
    );
  }
  return NONE;
}

/** The lines, or the words, as one array. */
function arrayOf(input: Stream, separator: string | RegExp): readonly string[] {
  if (input.kind !== 'text') return valuesOf(input);
  const items = input.text.split(separator === '' ? '\0' : separator).filter((item) => item !== '');
  return [items.join(MARK.between)];
}

/** Each line, and each of its words: the loop that reads it sees them all. */
function valuesOf(input: Stream): readonly string[] {
  switch (input.kind) {
    case 'text':
      return [
        ...new Set(input.text.split('\n').flatMap((line) => [line, ...line.split(/\s+/)])),
      ].filter((v) => v !== '');
    case 'names':
      return input.paths;
    case 'network':
    case 'decoded':
      return [MARK.foreign];
    case 'altered':
      return [MARK.altered];
    case 'secret':
      return [MARK.secret];
    default:
      return [MARK.unknown];
  }
}

/** A subscript in an operand is evaluated, and a substitution in it runs. */
export function runTest({ words, context }: Call): Stream {
  for (const word of words) judgeNames(word, context);
  return NONE;
}

/** `pwd`, `dirname`, `basename`, `realpath`: worked out when there is one path to work on. */
export function printPath(call: Call): Stream {
  const { program, args, context } = call;
  applyOperands(call);
  const cwd = context.state.cwds.length === 1 ? (context.state.cwds[0] as string) : MARK.unknown;
  if (program.name === 'pwd') return { kind: 'text', text: `${cwd}\n` };
  const [path, ...others] = args.operands;
  if (path === undefined || others.length > 0 || !isStatic(path)) return { kind: 'local' };
  const text = pathText(program.name, path, cwd);
  return text === null ? { kind: 'local' } : { kind: 'text', text: `${text}\n` };
}

function pathText(name: string, path: string, cwd: string): string | null {
  switch (name) {
    case 'dirname':
      return path.includes('/') ? parentOf(path.replace(/\/+$/, '')) : '.';
    case 'basename':
      return baseName(path);
    case 'realpath':
      return resolvePath(cwd, path);
    default:
      return null;
  }
}
