import { isBlank, plainTypography } from './canonical.ts';

/** The line that shares the most words with `wanted`, and how much of both they are (0 to 1). */
export function nearestLine(
  texts: readonly string[],
  wanted: string,
  isExcluded: (at: number) => boolean = () => false,
): { readonly at: number; readonly likeness: number } | null {
  const words = wordsOf(wanted);
  if (words.size === 0) return null;
  // A line like it has one of its longest words; to look for these is cheap.
  const longest = [...words].sort((a, b) => b.length - a.length).slice(0, MAX_PROBES);
  let best: { at: number; likeness: number } | null = null;
  for (let at = 0; at < Math.min(texts.length, MAX_LINES); at += 1) {
    const line = texts[at] as string;
    if (line.length > MAX_LENGTH || isBlank(line) || isExcluded(at)) continue;
    if (!longest.some((word) => line.includes(word))) continue;
    const other = wordsOf(line);
    let shared = 0;
    for (const word of other) if (words.has(word)) shared += 1;
    const likeness = shared / Math.max(words.size + other.size - shared, 1);
    if (likeness > (best?.likeness ?? MIN_LIKENESS)) best = { at, likeness };
  }
  return best;
}

const MAX_PROBES = 4;
const MIN_LIKENESS = 0.4;
const MAX_LINES = 5000;
const MAX_LENGTH = 400;

const wordsOf = (line: string): ReadonlySet<string> =>
  new Set(plainTypography(line.slice(0, MAX_LENGTH)).match(/[\p{L}\p{N}_]+/gu) ?? []);
