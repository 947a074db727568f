import type { Source } from '../types.ts';

/** Each line once: what lies in another source, overlaps it or goes on behind it is one with it. */
export function joinSources(sources: readonly Source[]): readonly Source[] {
  const joined: Source[] = [];
  for (const source of sources) {
    let whole = source;
    for (let at = joined.length - 1; at >= 0; at -= 1) {
      const other = joined[at] as Source;
      if (!touches(whole, other)) continue;
      joined.splice(at, 1);
      whole = {
        path: whole.path,
        startLine: Math.min(whole.startLine, other.startLine),
        endLine: Math.max(whole.endLine, other.endLine),
      };
    }
    joined.push(whole);
  }
  return joined;
}

const touches = (one: Source, two: Source): boolean =>
  one.path === two.path && one.startLine <= two.endLine + 1 && two.startLine <= one.endLine + 1;
