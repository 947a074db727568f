import { blanksBefore, indentOf, isBlank, isProsePath, withoutOddBlanks } from './canonical.ts';
import { diffLines } from './diff-lines.ts';
import type { FileIndex } from './file-index.ts';
import { type Pair, type Relation, relationOf, type Steps } from './indent-relation.ts';
import { indentStyleOf } from './indent-style.ts';
import type { Reading } from './types.ts';

/** A new line as the file would indent it; null where that cannot be told. */
export type Indenter = {
  (after: number, near: number): string | null;
  /** The line stands elsewhere than a line of the search that is typed alike. */
  isMoving(after: number): boolean;
};

/**
 * Makes the function that indents new lines as the file would: the way from the lines of the search
 * to those of the file is theirs too; null where there are two. `near` is the line of the search beside which a new line,
 * `after` in the replacement, stands.
 */
export function createIndenter(
  index: FileIndex,
  { search, replacement }: Reading,
  lineOf: readonly number[],
): Indenter | null {
  const pairs = search.flatMap((line, at): readonly Pair[] => {
    const real = index.file.texts[lineOf[at] ?? -1];
    if (real === undefined || isBlank(line)) return [];
    return [{ at, said: indentOf(line), real: blanksBefore(real) }];
  });
  const opened = stepBehindOpener(replacement);
  const steps: Steps = {
    style: index.style(),
    unit: unitOf([...search, ...replacement]),
    ...(opened === null ? {} : { opened }),
  };
  const isAtHome = isHome(index, pairs, search, replacement);
  const relation: Relation = isAtHome ? relationOf([], steps) : relationOf(pairs, steps);
  const first = firstLine(index, { search, replacement }, pairs, relation, steps);
  if (first === 'unknown') return null;
  const relate = first?.relation ?? relation;
  const has = pairs.some(({ real }) => real !== withoutOddBlanks(real));
  const indenter = (after: number, near: number): string | null => {
    const line = replacement[after] ?? '';
    if (isBlank(line)) return '';
    const indent = after === first?.at ? first.indent : relate(indentOf(line), near);
    if (indent === null) return null;
    const rest = line.slice(blanksBefore(line).length);
    return indent + (has ? rest : withoutOddEnd(rest));
  };
  return Object.assign(indenter, { isMoving: (after: number) => isAtHome || after === first?.at });
}

/** No-break spaces and their like at the end of a line are none of the file's. */
const withoutOddEnd = (text: string): string => {
  const end = /\s+$/.exec(text)?.[0] ?? '';
  return end === withoutOddBlanks(end) ? text : text.slice(0, text.length - end.length);
};

/** The replacement is written as deep as the file, though the search was not. */
function isHome(
  index: FileIndex,
  pairs: readonly Pair[],
  search: readonly string[],
  replacement: readonly string[],
): boolean {
  if (pairs.every(({ said, real }) => said === real)) return false;
  const telling = replacement.filter((line) => !isBlank(line));
  const byLine = new Map(pairs.map((pair) => [pair.at, pair]));
  let own = 0;
  // Lines that both parts have, however they are indented, tell where the replacement stands.
  for (const op of diffLines(search.map(index.looseForm), replacement.map(index.looseForm))) {
    const pair = op.kind === 'keep' ? byLine.get(op.before) : undefined;
    if (op.kind !== 'keep' || pair === undefined || pair.said === pair.real) continue;
    const told = indentOf(replacement[op.after] ?? '');
    if (told === pair.said) return false;
    if (told === pair.real) own += 1;
  }
  if (own > 0) return true;
  const told = shallowest(telling.map(indentOf));
  const said = shallowest(pairs.map((pair) => pair.said));
  const real = shallowest(pairs.map((pair) => pair.real));
  const [top] = pairs;
  const first = indentOf(telling[0] ?? '');
  if (telling.length === 0 || (told !== said && told === real && first !== top?.said)) return true;
  return first === top?.real && first !== top.said;
}

/** How much deeper the first line behind the opener of a block stands; null where none tells. */
function stepBehindOpener(lines: readonly string[]): number | null {
  const telling = lines.filter((line) => !isBlank(line));
  for (const [at, line] of telling.entries()) {
    const step = indentOf(telling[at + 1] ?? '').length - indentOf(line).length;
    if (step > 0 && /[{:]\s*$/.test(line)) return step;
  }
  return null;
}

const shallowest = (indents: readonly string[]): string =>
  indents.reduce(
    (least, indent) => (indent.length < least.length ? indent : least),
    indents[0] ?? '',
  );

/** How the first new line is indented, and perhaps the others, where it stands for itself. */
type First = { readonly at: number; readonly indent: string | null; readonly relation: Relation };

/**
 * The first line of a part is the one that loses its indentation when a model trims what it copies.
 * Then the others stand as in the file, or all of them stand as far left; which it is, the step to
 * the second line tells: it is deeper if the first opens a block, and only then.
 */
function firstLine(
  index: FileIndex,
  { search, replacement }: Reading,
  pairs: readonly Pair[],
  relation: Relation,
  steps: Steps,
): First | 'unknown' | null {
  const [top, ...others] = pairs;
  const at = replacement.findIndex((line) => !isBlank(line));
  const line = replacement[at] ?? '';
  if (top === undefined || at < 0) return null;
  const wasFirst = search[top.at] ?? '';
  if (CLOSER.test(line) && index.looseForm(line) !== index.looseForm(wasFirst)) return null;
  const told = indentOf(line);
  const isLostBoth = told === top.said && told.length < top.real.length;
  const isLostHere = told.length < top.said.length && told.length < top.real.length;
  if (!isLostBoth && !isLostHere) return null;
  if (isLostBoth && others.length > 0) return { at, indent: top.real, relation };
  const next = replacement.slice(at + 1).find((other) => !isBlank(other));
  const least = shallowest(
    replacement.slice(at + 1).flatMap((other) => (isBlank(other) ? [] : [indentOf(other)])),
  );
  const isFree = isBraceFree(index.path);
  if (next === undefined) {
    // One line alone: where indentation means something, it may be meant.
    if (isLostHere && isFree) return 'unknown';
    return { at, indent: top.real, relation };
  }
  const opens = OPENER.test(line.trimEnd());
  const step = (from: string) => indentOf(next).length - from.length;
  const fits = (depth: number) => (opens ? depth > 0 : depth <= 0);
  const floor = shallowest(pairs.map(({ real }) => real)).length;
  const isTrimmed = least.length >= floor && fits(step(top.real));
  const isWhole = fits(step(told)) || CONTINUED.test(next);
  const asFile: First = { at, indent: top.real, relation: relationOf([], steps) };
  const shifted = relationOf([{ ...top, said: told }], steps);
  const asShifted: First = { at, indent: top.real, relation: shifted };
  if (isTrimmed && isWhole) {
    const unit = steps.style.kind === 'blanks' ? steps.style.unit : 1;
    if (step(top.real) === unit && step(told) !== unit) return asFile;
    if (step(told) !== unit || step(top.real) === unit) return 'unknown';
  } else if (isTrimmed) return asFile;
  else if (!isWhole) return 'unknown';
  if (isLostBoth) return asShifted;
  const keeps = diffLines(search, replacement).some(
    (op) => op.kind === 'keep' && !isBlank(search[op.before] ?? ''),
  );
  // Deliberately less deep than what it replaces, or copied without: nothing tells.
  return isFree || keeps ? 'unknown' : asShifted;
}

const CLOSER =
  /^\s*(?:[)\]}]|<\/|(?:end|else|elsif|elif|fi|done|esac|except|finally|catch|rescue|when|case|default)\b)/;
const OPENER =
  /[{([:>,|&=+\\]$|\b(?:do|then|else|begin|try|ensure)$|^\s*(?:def|class|module|if|unless|while|until|for|case|when|else|elsif|rescue|<\w[^/]*>)(?=\s|$)/;
const CONTINUED = /^\s*(?:[.?:|&+*)\]}]|-(?!-)|=>|&&|\|\||and\b|or\b)/;

/** Files in which indentation alone says what belongs where. */
const isBraceFree = (path: string): boolean =>
  /\.(?:py|pyi|ya?ml|haml|pug|slim|sass|styl|coffee|nim|fs|hs|elm|makefile)$/i.test(path) ||
  isProsePath(path);

function unitOf(lines: readonly string[]): number {
  const style = indentStyleOf(lines);
  const least = lines
    .filter((line) => !isBlank(line))
    .map((line) => / *$/.exec(indentOf(line))?.[0].length ?? 0)
    .filter((length) => length > 1);
  if (style.kind === 'blanks') return Math.min(style.unit, ...least);
  return least.length > 0 ? Math.min(...least) : 4;
}
