import { indentOf, isBlank, plainTypography } from './canonical.ts';
import { type FileIndex, findRuns } from './file-index.ts';
import type { Rung } from './types.ts';

/** A place in a file where lines of a search stand. */
export type Place = {
  /** Indexes of lines of the file; `end` is behind the last. */
  readonly start: number;
  readonly end: number;
  /** For each line of the search its line in the file; -1 for a blank one that the file lacks. */
  readonly lineOf: readonly number[];
  readonly rung: Rung;
};

/** Every place where the lines stand to the byte. */
export function findExact({ exact }: FileIndex, search: readonly string[]): readonly Place[] {
  return findRuns(exact, search).map((start) => ({
    start,
    end: start + search.length,
    lineOf: search.map((_, at) => start + at),
    rung: 'exact',
  }));
}

/** Every place where the lines stand but for white space and typography. */
export function findLoose(index: FileIndex, search: readonly string[]): readonly Place[] {
  const wanted = search.flatMap((line, at) => (isBlank(line) ? [] : [at]));
  const keys = wanted.map((at) => index.looseForm(search[at] ?? ''));
  const { lineOf } = index.loose();
  return findRuns(index.loose(), keys).map((run) => {
    const lines = wanted.map((_, at) => lineOf[run + at] as number);
    return placeOf(index.file.texts, search, wanted, lines);
  });
}

function placeOf(
  texts: readonly string[],
  search: readonly string[],
  wanted: readonly number[],
  lines: readonly number[],
): Place {
  const lineOf = search.map(() => -1);
  wanted.forEach((at, index) => {
    lineOf[at] = lines[index] as number;
  });
  pairBlanks(texts, lineOf);
  const paired = lineOf.filter((line) => line >= 0);
  const start = paired[0] ?? 0;
  const end = (paired.at(-1) ?? 0) + 1;
  return { start, end, lineOf, rung: rungOf(texts, search, lineOf, end - start) };
}

/** Gives blank lines of the search those blank lines of the file that stand where they do. */
function pairBlanks(texts: readonly string[], lineOf: number[]): void {
  const first = lineOf.findIndex((line) => line >= 0);
  for (let at = first + 1; at < lineOf.length; at += 1) {
    const next = (lineOf[at - 1] as number) + 1;
    if (lineOf[at] === -1 && next > 0 && isBlank(texts[next] ?? 'end')) lineOf[at] = next;
  }
  for (let at = first - 1; at >= 0; at -= 1) {
    const previous = (lineOf[at + 1] as number) - 1;
    if (previous >= 0 && isBlank(texts[previous] ?? 'end')) lineOf[at] = previous;
    else break;
  }
}

/** The loosest way in which any of the lines differs. */
function rungOf(
  texts: readonly string[],
  search: readonly string[],
  lineOf: readonly number[],
  height: number,
): Rung {
  if (lineOf.includes(-1) || height !== search.length) return 'blank-lines';
  let worst = 0;
  search.forEach((line, at) => {
    worst = Math.max(worst, LOOSER.indexOf(difference(line, texts[lineOf[at] as number] ?? '')));
  });
  return LOOSER[worst] as Rung;
}

const LOOSER: readonly Rung[] = [
  'exact',
  'trailing-blanks',
  'indentation',
  'inner-blanks',
  'typography',
];

function difference(a: string, b: string): Rung {
  if (a === b) return 'exact';
  if (a.trimEnd() === b.trimEnd()) return 'trailing-blanks';
  if (a.trim() === b.trim() && indentOf(a) !== indentOf(b)) return 'indentation';
  return squeeze(a) === squeeze(b) || (plainTypography(a) === a && plainTypography(b) === b)
    ? 'inner-blanks'
    : 'typography';
}

const squeeze = (line: string): string => line.replace(/[ \t]+/g, '');
