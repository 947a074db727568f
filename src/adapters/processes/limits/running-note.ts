import { type ProgramUse, RUNGS } from '../../../core/types.ts';
import type { ProcessMark } from './use.ts';

/** Where the numbers of a program come from: see `WatchedTree`. */
export type RunningTree = { readonly roots: readonly number[]; readonly wrappers: number };

/** What stands in a file about a program that runs. */
export type RunningNote = {
  /** The TinyCode that runs it. */
  readonly owner: ProcessMark;
  readonly tree: RunningTree;
  readonly use: ProgramUse;
};

export const MAX_NOTE_BYTES = 256 * 1024;

export const writeNote = (note: RunningNote): string =>
  `${JSON.stringify({ ...note, use: { ...note.use, argv: cutWords(note.use.argv) } })}\n`;

/** Null where the text is no such note. */
export function readNote(text: string): RunningNote | null {
  try {
    const note = JSON.parse(text);
    return isMark(note.owner) && isTree(note.tree) && isUse(note.use) ? note : null;
  } catch {
    return null;
  }
}

/** A whole file may stand in an argument. */
const MAX_WORDS = 200;
const MAX_WORD = 200;

const cutWords = (argv: readonly string[]): readonly string[] => [
  ...argv.slice(0, MAX_WORDS).map((word) => {
    const cut = word.slice(0, MAX_WORD);
    return cut.length < word.length ? `${cut}…` : word;
  }),
  ...(argv.length > MAX_WORDS ? ['…'] : []),
];

const isNumber = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value);
const isText = (value: unknown): boolean => typeof value === 'string';
const isPid = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) > 0;

const isMark = (value: Partial<ProcessMark>): boolean => isPid(value.pid) && isText(value.born);

const isTree = ({ roots, wrappers }: Partial<RunningTree>): boolean =>
  Array.isArray(roots) && roots.length <= MAX_ROOTS && roots.every(isPid) && isNumber(wrappers);

const MAX_ROOTS = 100;

const isUse = (value: Partial<ProgramUse>): boolean =>
  [value.id, value.what, value.startedAt].every(isText) &&
  Array.isArray(value.argv) &&
  value.argv.every(isText) &&
  RUNGS.some((rung) => rung === value.rung) &&
  NUMBERS.every((name) => isNumber(value[name])) &&
  LIMITS.every((name) => isNumber(value.limits?.[name]));

const NUMBERS = ['pid', 'tookMs', 'cpuMs', 'memoryBytes', 'processes', 'openFiles'] as const;
const LIMITS = [
  'wallMs',
  'cpuMs',
  'memoryBytes',
  'fileBytes',
  'diskBytes',
  'processes',
  'openFiles',
  'outputBytes',
] as const;
