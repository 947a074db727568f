import { MARK } from '../shell/marks.ts';
import { foldPath } from './normalise.ts';

/**
 * A pattern for absolute paths: `*` within a segment, `**` for any number of segments. `may`: some
 * path that the marked one stands for matches, whatever the letter case. `must`: all of them do.
 */
export type PathPattern = { readonly exact: readonly string[]; readonly folded: readonly string[] };
export type Certainty = 'may' | 'must';

export function compilePattern(
  text: string,
  folders: Readonly<Record<string, string>>,
): PathPattern {
  const filled = text.replace(/\{(\w+)\}/g, (whole, name: string) => folders[name] ?? whole);
  return { exact: segments(filled), folded: segments(foldPath(filled)) };
}

export function matchesPath(pattern: PathPattern, path: string, certainty: Certainty): boolean {
  return certainty === 'must'
    ? matchSegments(pattern.exact, segments(path), 'must')
    : matchSegments(pattern.folded, segments(foldPath(path)), 'may');
}

/** Whether the path lies above something that the pattern names, up to its first `**`. */
export function holdsPattern(pattern: PathPattern, path: string): boolean {
  const above = segments(foldPath(path));
  const deep = pattern.folded.indexOf('**');
  const named = deep < 0 ? pattern.folded : pattern.folded.slice(0, deep);
  if (above.length >= named.length) return false;
  return above.every((segment, i) => matchSegment(named[i] as string, segment, 'may'));
}

const segments = (path: string): readonly string[] => path.split('/').filter((s) => s !== '');

function matchSegments(
  pattern: readonly string[],
  path: readonly string[],
  certainty: Certainty,
): boolean {
  // reachable[i]: the pattern up to i matches the path so far.
  let reachable = skipDeep(pattern, [true]);
  for (const [at, segment] of path.entries()) {
    const isAnyName = at === path.length - 1 && ANY_NAMES.has(segment);
    const next: boolean[] = [];
    for (let i = 0; i <= pattern.length; i += 1) {
      const isHere = reachable[i] === true;
      if (isHere && pattern[i] === '**') next[i] = true;
      if (isHere && i < pattern.length && pattern[i] !== '**') {
        const name = pattern[i] as string;
        // `dir/*` is not meant for a file of one certain name; `dir/.*` and `dir/x*` may be.
        const isMeant = !isAnyName || certainty === 'must' || name.includes('*');
        if (isMeant && matchSegment(name, segment, certainty)) next[i + 1] = true;
      }
    }
    reachable = skipDeep(pattern, next);
  }
  return reachable[pattern.length] === true;
}

function skipDeep(pattern: readonly string[], reachable: boolean[]): boolean[] {
  for (let i = 0; i < pattern.length; i += 1) {
    if (reachable[i] === true && pattern[i] === '**') reachable[i + 1] = true;
  }
  return reachable;
}

const ANY_NAMES = new Set<string>([MARK.star, MARK.one + MARK.star]);
const WILD = new Set<string>(Object.values(MARK));
const SPANS = new Set<string>([MARK.star, MARK.set]);

/** Whether two wildcards can, or do always, describe the same name. */
export function matchSegment(pattern: string, name: string, certainty: Certainty): boolean {
  if (pattern === '*') return true;
  const first = name[0];
  // Globs leave out names that begin with a dot unless the dot is written.
  if (certainty === 'may' && pattern.startsWith('.') && first !== undefined && GLOBS.has(first)) {
    return false;
  }
  return certainty === 'may' ? overlap(pattern, name) : includes(pattern, name);
}

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
