import { isStatic, MARK } from '../shell/marks.ts';
import { foldPath } from './normalise.ts';

/**
 * A pattern for absolute paths: `*` within a segment, `**` for any number of segments. `may`: some
 * path that the marked one stands for matches, whatever the letter case. `must`: all of them do.
 * `likely`: as `may`, but `.*` is not taken for a file of one certain name that may lie anywhere.
 * `meant`: as `may`, but `*.py` is not meant for a file of one certain name.
 */
export type PathPattern = { readonly exact: Segments; readonly folded: Segments };
export type Certainty = 'may' | 'must' | 'likely' | 'meant';
export type Segments = readonly Segment[];
export type Segment = { readonly text: string; readonly kind: 'deep' | 'any' | 'plain' | 'glob' };

/** A path taken apart once, for all patterns that it is held against. */
export type SplitPath = { readonly exact: readonly Name[]; readonly folded: readonly Name[] };
type Name = {
  readonly text: string;
  readonly isStatic: boolean;
  readonly isStar: boolean;
  readonly isAnyName: boolean;
  readonly isEnding: boolean;
  readonly isAnyHidden: boolean;
};

export function compilePattern(
  text: string,
  folders: Readonly<Record<string, string>>,
): PathPattern {
  const filled = text.replace(/\{(\w+)\}/g, (whole, name: string) => folders[name] ?? whole);
  return { exact: compileSegments(filled), folded: compileSegments(foldPath(filled)) };
}

export const splitPath = (path: string): SplitPath => {
  const exact = namesOf(path);
  const folded = foldPath(path);
  return { exact, folded: folded === path ? exact : namesOf(folded) };
};

export const matchesPath = (
  pattern: PathPattern,
  path: SplitPath,
  certainty: Certainty,
): boolean =>
  certainty === 'must'
    ? matchSegments(pattern.exact, path.exact, 'must')
    : matchSegments(pattern.folded, path.folded, certainty);

/** Whether the path lies above something that the pattern names, up to its first `**`. */
export function holdsPattern(pattern: PathPattern, { folded }: SplitPath): boolean {
  const deep = pattern.folded.findIndex(({ kind }) => kind === 'deep');
  const length = deep < 0 ? pattern.folded.length : deep;
  if (folded.length >= length) return false;
  return folded.every((name, i) => matchSegment(pattern.folded[i] as Segment, name, 'may'));
}

const compileSegments = (path: string): Segments =>
  splitAtSlashes(path).map((text) => ({ text, kind: kindOf(text) }));

function kindOf(text: string): Segment['kind'] {
  if (text === '**') return 'deep';
  if (text === '*') return 'any';
  return text.includes('*') ? 'glob' : 'plain';
}

const namesOf = (path: string): readonly Name[] =>
  splitAtSlashes(path).map((text, i, all) => ({
    text,
    isStatic: isStatic(text),
    isStar: ANY_NAMES.has(text),
    isEnding: i === all.length - 1 && ENDING.test(text),
    isAnyHidden: i === all.length - 1 && ANY_HIDDEN.test(text),
    // `dir/*` is not meant for a file of one certain name; `dir/.*` and `dir/x*` may be.
    isAnyName: i === all.length - 1 && ANY_NAMES.has(text),
  }));

const splitAtSlashes = (path: string): readonly string[] =>
  path.split('/').filter((segment) => segment !== '');

/** Any names with an ending: `*.py`. */
const ENDING = /^[\uE004\uE005]*\uE004[\uE004\uE005]*\.[^\uE000-\uE00F]+$/;

/** Any names with a dot in front: `.*`, `.[!.]*`, `.??*`. */
const ANY_HIDDEN = /^\.\uE005{0,2}\uE004$/;

const ANY_NAMES = new Set<string>([MARK.star, MARK.one + MARK.star]);

/** Bit i of `reachable`: the first i segments of the pattern match the path so far. */
function matchSegments(pattern: Segments, path: readonly Name[], certainty: Certainty): boolean {
  let reachable = skipDeep(pattern, 1);
  for (const name of path) {
    let next = 0;
    for (let i = 0; i < pattern.length; i += 1) {
      if ((reachable & (1 << i)) === 0) continue;
      const segment = pattern[i] as Segment;
      if (segment.kind === 'deep') next |= 1 << i;
      else if (
        segment.kind === 'plain' &&
        pattern[i - 1]?.kind === 'deep' &&
        isForAnything(name, certainty)
      )
        continue;
      else if (matchSegment(segment, name, certainty)) next |= 1 << (i + 1);
    }
    if (next === 0) return false;
    reachable = skipDeep(pattern, next);
  }
  return (reachable & (1 << pattern.length)) !== 0;
}

/** Not for what has one certain name and may lie anywhere: a folder, or any hidden file. */
const isForAnything = (name: Name, certainty: Certainty): boolean =>
  name.isStar || (certainty === 'likely' && name.isAnyHidden);

function skipDeep(pattern: Segments, reachable: number): number {
  let mask = reachable;
  for (let i = 0; i < pattern.length; i += 1) {
    if (pattern[i]?.kind === 'deep' && (mask & (1 << i)) !== 0) mask |= 1 << (i + 1);
  }
  return mask;
}

function matchSegment({ text, kind }: Segment, name: Name, certainty: Certainty): boolean {
  if (kind === 'any') return true;
  if (name.isStatic && kind === 'plain') return text === name.text;
  if (certainty === 'must') return includes(text, name.text);
  if (kind === 'plain' && name.isAnyName) return false;
  if (name.isEnding && certainty === 'meant' && !text.startsWith('*.')) return false;
  // Globs leave out names that begin with a dot unless the dot is written.
  if (text.startsWith('.') && GLOBS.has(name.text[0] ?? '')) return false;
  return overlap(text, name.text);
}

const WILD = new Set<string>(Object.values(MARK));
const SPANS = new Set<string>([MARK.star, MARK.set]);
const GLOBS = new Set<string>([MARK.star, MARK.one, MARK.set]);

/** Classic table over two globs; names are short, so quadratic is nothing. */
function overlap(pattern: string, name: string): boolean {
  let row = [true];
  for (let j = 0; j < name.length; j += 1) row[j + 1] = row[j] === true && SPANS.has(name[j] ?? '');
  for (const char of pattern) {
    const next: boolean[] = [row[0] === true && char === '*'];
    for (let j = 0; j < name.length; j += 1) {
      const other = name[j] as string;
      next[j + 1] =
        (char === '*' && (row[j + 1] === true || next[j] === true)) ||
        (SPANS.has(other) && (next[j] === true || row[j + 1] === true)) ||
        (row[j] === true && (char === other || other === MARK.one || other === MARK.set));
    }
    row = next;
  }
  return row[name.length] === true;
}

/** Every name that `name` stands for fits: what is unknown must meet a star. */
function includes(pattern: string, name: string): boolean {
  let row = [true];
  for (const char of pattern) {
    const next: boolean[] = [row[0] === true && char === '*'];
    for (let j = 0; j < name.length; j += 1) {
      const other = name[j] as string;
      next[j + 1] =
        (char === '*' && (row[j + 1] === true || next[j] === true)) ||
        (row[j] === true && char === other && !WILD.has(other));
    }
    row = next;
  }
  return row[name.length] === true;
}
