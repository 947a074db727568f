/**
 * Globs over plain texts: `*` and `?`. Letter case does not count, and no rule can be made to hang.
 */
export type Glob = (text: string) => boolean;

export function compileGlob(pattern: string): Glob {
  const folded = pattern.toLowerCase();
  if (!/[*?]/.test(folded)) return (text) => text.toLowerCase() === folded;
  return (text) => matchGlob(folded, text.toLowerCase());
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

export const compileGlobs = (patterns: readonly string[]): Glob => {
  const globs = patterns.map(compileGlob);
  return (text) => globs.some((glob) => glob(text));
};
