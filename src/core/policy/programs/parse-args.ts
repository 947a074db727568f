import { hasUnknown } from '../shell/marks.ts';
import type { FlagSpec, Program } from './program-spec.ts';

export type FlagUse = { readonly flag: FlagSpec; readonly value: string };
export type ParsedArgs = {
  /** Flags as they were meant: abbreviations are written out. */
  readonly flags: readonly string[];
  readonly values: readonly FlagUse[];
  readonly operands: readonly string[];
  readonly unknown: readonly string[];
  /** Words that could turn out to be flags. */
  readonly dynamic: readonly string[];
};

type Draft = {
  readonly flags: string[];
  readonly values: FlagUse[];
  readonly operands: string[];
  readonly unknown: string[];
  readonly dynamic: string[];
};

/** Reads arguments the way GNU getopt does: clusters, attached values, abbreviations, `--`. */
export function parseArgs(program: Program, args: readonly string[]): ParsedArgs {
  const draft: Draft = { flags: [], values: [], operands: [], unknown: [], dynamic: [] };
  const style = program.spec.style ?? 'gnu';
  for (let i = 0; i < args.length; i += 1) {
    const arg = args[i] as string;
    if (style === 'none') draft.operands.push(arg);
    else if (program.spec.language === 'shell' && /^\+[A-Za-z]+$/.test(arg)) {
      // `sh +x` turns an option off; `+o` and `+O` take a name.
      if (/[oO]$/.test(arg)) i += 1;
    } else if (arg === '--') {
      draft.operands.push(...args.slice(i + 1));
      break;
    } else if (isOperand(arg)) {
      if (program.spec.stops === true) {
        draft.operands.push(...args.slice(i));
        break;
      }
      if (mayBeFlag(arg)) draft.dynamic.push(arg);
      draft.operands.push(arg);
    } else if (arg.startsWith('--') || style === 'long' || isOneWord(style, arg))
      i += readLong(program, arg, args[i + 1], draft);
    else i += readCluster(program, arg, args[i + 1], draft);
    if (draft.flags.some((flag) => program.endsAfter.has(flag))) {
      draft.operands.push(...args.slice(i + 1));
      break;
    }
  }
  return draft;
}

/** Where flags are not listed, `-DskipTests` and `-Pa=b` are not taken for letters. */
const isOneWord = (style: string, arg: string): boolean =>
  style === 'any' && (arg.length > LONGEST_CLUSTER || arg.includes('='));
const LONGEST_CLUSTER = 4;

const isOperand = (arg: string): boolean => arg === '-' || !arg.startsWith('-');
const mayBeFlag = (arg: string): boolean => hasUnknown(arg.slice(0, 1));

/** Gives how many further words it took. */
function readLong(program: Program, arg: string, next: string | undefined, draft: Draft): number {
  const at = arg.indexOf('=');
  const written = at < 0 ? arg : arg.slice(0, at);
  const flag = findLong(program, written);
  const joined = flag === null ? findJoined(program, arg) : null;
  if (joined !== null) {
    draft.flags.push(joined.name);
    draft.values.push({ flag: joined, value: arg.slice(joined.name.length) });
    return 0;
  }
  if (flag === null) {
    draft.unknown.push(written);
    // What an unknown flag names may be a path: it is looked at like an operand.
    if (at >= 0) draft.values.push({ flag: UNKNOWN, value: arg.slice(at + 1) });
    return 0;
  }
  draft.flags.push(flag.name);
  if (at >= 0) {
    draft.values.push({ flag, value: arg.slice(at + 1) });
    return 0;
  }
  return takeNext(flag, next, draft);
}

/** Gives how many words were taken: one that may be an operand stays where it is. */
function takeNext(flag: FlagSpec, next: string | undefined, draft: Draft): number {
  if (flag.takes === 'nothing' || flag.takes === 'attached' || next === undefined) return 0;
  if (flag.takes === 'maybe' && !isOperand(next)) return 0;
  draft.values.push({ flag, value: next });
  return flag.takes === 'maybe' ? 0 : 1;
}

/** `-Iinclude` in a program whose words begin with one dash. */
function findJoined(program: Program, arg: string): FlagSpec | null {
  const flag = program.flags.get(arg.slice(0, 2));
  return flag?.takes === 'joined' ? flag : null;
}

const UNKNOWN: FlagSpec = { name: 'unknown', takes: 'value', role: 'unknown' };

function findLong(program: Program, written: string): FlagSpec | null {
  const exact = program.flags.get(written);
  if (exact !== undefined || program.spec.style === 'long') return exact ?? null;
  const longer = [...program.flags.keys()].filter((name) => name.startsWith(written));
  return longer.length === 1 && written.length > 2
    ? (program.flags.get(longer[0] as string) ?? null)
    : null;
}

function readCluster(
  program: Program,
  arg: string,
  next: string | undefined,
  draft: Draft,
): number {
  if (/^-\d+$/.test(arg) && program.flags.has('-#')) return 0;
  const whole = program.flags.get(arg);
  if (whole !== undefined && arg.length > 2) return readWhole(whole, next, draft);
  for (let i = 1; i < arg.length; i += 1) {
    const name = `-${arg[i]}`;
    const flag = program.flags.get(name);
    if (flag === undefined) {
      draft.unknown.push(name);
      continue;
    }
    draft.flags.push(flag.name);
    if (flag.takes === 'nothing') continue;
    const attached = arg.slice(i + 1);
    // `-bn` of `cat` and `-lane` of `perl` are letters, `-c5` of `cut` is one with its value.
    if (/^(maybe|attached)$/.test(flag.takes) && areLetters(program, attached)) continue;
    if (attached !== '' || flag.takes === 'attached') {
      if (attached !== '') draft.values.push({ flag, value: attached });
      return 0;
    }
    return takeNext(flag, next, draft);
  }
  return 0;
}

const areLetters = (program: Program, text: string): boolean =>
  text !== '' && [...text].every((letter) => program.flags.has(`-${letter}`));

/** A flag of several letters after one dash, in a program that has letters as well. */
function readWhole(flag: FlagSpec, next: string | undefined, draft: Draft): number {
  draft.flags.push(flag.name);
  return takeNext(flag, next, draft);
}
