import { hasUnknown } from '../shell/marks.ts';
import type { Program, ProgramSpec } from './program-spec.ts';

/**
 * The program in the group that its words put it into. They are those that the table lists for it,
 * so none of them needs to be among its flags.
 */
export function asListed(program: Program, words: readonly string[]): Program {
  const group = onlyLooks(program, words)
    ? LOADS_PROJECT.test(program.spec.group ?? '')
      ? 'build'
      : 'look'
    : onlyLooks({ looks: program.asks }, words)
      ? 'minor'
      : null;
  if (group === null) return program;
  const { spec } = program;
  const style = spec.subcommands === undefined ? 'any' : spec.style;
  return { ...program, spec: { ...spec, group, ...(style === undefined ? {} : { style }) } };
}

/** They load code of the project even for a look. */
const LOADS_PROJECT = /^(migration|run-project)$/;

/**
 * Whether a program that changes things is only asked to show them: `mount` alone, `iptables -L`.
 * In `looks` a word with a dash is a flag that may stand there, and no other may; another word is
 * a first operand; `*` lets any operands follow a flag, `operands` lets them stand alone, `operand`
 * a single one, and `nothing` is the program by itself. `device+show` are the first operands in a
 * row, with `?` for any; `device+` is that one and no more. Where flags are marked like `-n!`, one
 * of those must be there.
 */
export function onlyLooks({ looks }: Pick<Program, 'looks'>, words: readonly string[]): boolean {
  if (looks.size === 0) return false;
  if (words.length === 0) return looks.has('nothing');
  // `--client=false` is the opposite.
  if (words.some((word) => /=(false|no|0)$/i.test(word))) return false;
  const flags = words.filter((word) => word.startsWith('-'));
  const operands = words.filter((word) => !word.startsWith('-'));
  if (!flags.every((flag) => isListed(flag, looks))) return false;
  if (operands.some((operand) => hasUnknown(operand) || operand.includes('='))) return false;
  if (!hasMarked(flags, looks)) return false;
  const [first] = operands;
  if (first === undefined || looks.has(first) || isInRow(operands, looks)) return true;
  if (looks.has('operand') && operands.length === 1) return true;
  return looks.has('operands') || (flags.length > 0 && looks.has('*'));
}

function isInRow(operands: readonly string[], looks: ReadonlySet<string>): boolean {
  for (const row of looks) {
    if (!row.includes('+')) continue;
    const wanted = row.split('+');
    const isAll = wanted.at(-1) === '';
    if (isAll) wanted.pop();
    const fits = isAll ? operands.length === wanted.length : operands.length >= wanted.length;
    if (fits && wanted.every((word, at) => word === '?' || word === operands[at])) return true;
  }
  return false;
}

/** A dry run is one only with the flag that says so. */
function hasMarked(flags: readonly string[], looks: ReadonlySet<string>): boolean {
  const marked = new Set(
    [...looks].filter((word) => word.endsWith('!')).map((word) => word.slice(0, -1)),
  );
  return marked.size === 0 || flags.some((flag) => isListed(flag, marked, true));
}

/**
 * `helm uninstall --help`, `aws s3 rm help`: in `looks` a last word stands behind `~`. Before it there
 * may be only words that name commands, and nothing may follow one that starts what it is given.
 */
export function onlyHelps({ looks, spec }: Program, words: readonly string[]): boolean {
  const before = words.slice(0, -1);
  return (
    before.length > 0 &&
    // A lone `help` far behind is the value of something.
    (before.length <= 2 || words.at(-1)?.startsWith('-') === true) &&
    looks.has(`~${words[before.length]}`) &&
    knows(spec.subcommands, before[0] as string) &&
    before.every((word) => NAMES_COMMAND.test(word)) &&
    !before.slice(0, -1).some((word) => STARTS.test(word))
  );
}

/** One that no table names could be anybody's plugin. */
const knows = (subcommands: ProgramSpec['subcommands'], name: string): boolean =>
  subcommands === undefined ||
  Object.keys(subcommands).some((names) => names.split(' ').includes(name));

const NAMES_COMMAND = /^(\w[\w:-]*|--(all|force))$/;
const STARTS = /^(run|exec|create|x|shell|ssh|rsh|kubectl)$/;

/** As it is written, without its value or number, or letter by letter: all of them, or any. */
function isListed(flag: string, listed: ReadonlySet<string>, isAny = false): boolean {
  const has = (name: string) => listed.has(name) || listed.has(`${name}!`);
  if (has(flag.replace(/=.*/, ''))) return true;
  if (!/^-\w+$/.test(flag)) return false;
  if (/^-[a-z]\d+$/i.test(flag) && has(flag.slice(0, 2))) return true;
  const letters = [...flag.slice(1)].map((letter) => `-${letter}`);
  return isAny ? letters.some(has) : letters.every(has);
}
