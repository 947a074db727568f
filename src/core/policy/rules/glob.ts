/**
 * Globs over plain texts: `*` and `?`. Letter case does not count, and no rule can be made to
 * hang.
 */
export type Glob = (text: string) => boolean;

/** Matches where one of the patterns does. Those without a wildcard cost one look-up together. */
export function compileGlobs(patterns: readonly string[]): Glob {
  const folded = patterns.map((pattern) => pattern.toLowerCase());
  const exact = new Set(folded.filter((pattern) => !/[*?]/.test(pattern)));
  const globs = folded.filter((pattern) => /[*?]/.test(pattern));
  return (text) => {
    const given = text.toLowerCase();
    return exact.has(given) || globs.some((glob) => matchGlob(glob, given));
  };
}

/** On a mismatch only the last star gives way, so the time is at most pattern times text. */
function matchGlob(pattern: string, text: string): boolean {
  let p = 0;
  let t = 0;
  let star = -1;
  let resume = 0;
  while (t < text.length) {
    const char = pattern[p];
    if (char === '*') {
      star = p;
      resume = t;
      p += 1;
    } else if (char === '?' || char === text[t]) {
      p += 1;
      t += 1;
    } else if (star >= 0) {
      p = star + 1;
      resume += 1;
      t = resume;
    } else return false;
  }
  while (pattern[p] === '*') p += 1;
  return p === pattern.length;
}
