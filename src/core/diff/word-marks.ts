/** A part of a line, in UTF-16 units. */
export type Range = { readonly from: number; readonly to: number };

/** What differs between two lines that are alike. */
export type WordMarks = { readonly before: readonly Range[]; readonly after: readonly Range[] };

/** More comparisons than this are not worth a mark. */
const MAX_CELLS = 10_000;
/** Longer lines are not taken apart into words. */
const MAX_LENGTH = 20_000;
/** Lines that share less than this are not the same line any more: marks would cover it all. */
const MIN_SHARED = 0.25;

/** Marks the words in which two lines differ; none where they hardly share one. */
export function markWords(before: string, after: string): WordMarks {
  if (before.length + after.length > MAX_LENGTH) return markMiddle(before, after);
  const old = tokensOf(before);
  const now = tokensOf(after);
  const head = sharedHead(old, now);
  const tail = sharedTail(old, now, head);
  const oldRest = old.slice(head, old.length - tail);
  const nowRest = now.slice(head, now.length - tail);
  const kept = oldRest.length * nowRest.length > MAX_CELLS ? [] : longestCommon(oldRest, nowRest);
  const shared = [
    ...old.slice(0, head),
    ...kept.map(([at]) => oldRest[at] ?? ''),
    ...lastOf(old, tail),
  ];
  if (inkOf(shared) < MIN_SHARED * Math.max(inkOf(old), inkOf(now))) {
    return { before: [], after: [] };
  }
  return {
    before: rangesOf(old, head, oldRest.length, new Set(kept.map(([at]) => at))),
    after: rangesOf(now, head, nowRest.length, new Set(kept.map(([, at]) => at))),
  };
}

/** All between what both begin with and what both end with. */
function markMiddle(before: string, after: string): WordMarks {
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head]) head++;
  if (isHalf(before, head)) head--;
  let tail = 0;
  while (tail < most - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  if (isHalf(before, before.length - tail)) tail--;
  const range = ({ length }: string): readonly Range[] =>
    length - tail > head ? [{ from: head, to: length - tail }] : [];
  return { before: range(before), after: range(after) };
}

/** Between the two units of one character. */
const isHalf = (text: string, at: number): boolean =>
  at > 0 && /[\udc00-\udfff]/.test(text[at] ?? '') && /[\ud800-\udbff]/.test(text[at - 1] ?? '');

/** The words of a line, counted once for many comparisons. */
export type WordBag = { readonly words: readonly string[]; readonly length: number };

export function bagOf(line: string): WordBag {
  const words = tokensOf(line).filter(isInk);
  return { words, length: words.reduce((sum, word) => sum + word.length, 0) };
}

/** How much two lines have in common, from 0 to 1. */
export function likeness(before: WordBag, after: WordBag): number {
  const all = before.length + after.length;
  if (all === 0) return 1;
  const left = new Map<string, number>();
  for (const word of before.words) left.set(word, (left.get(word) ?? 0) + 1);
  let shared = 0;
  for (const word of after.words) {
    const count = left.get(word) ?? 0;
    if (count === 0) continue;
    left.set(word, count - 1);
    shared += word.length;
  }
  return (2 * shared) / all;
}

const tokensOf = (line: string): readonly string[] =>
  line.match(/[\p{L}\p{M}\p{N}_]+|[ \t]+|./gsu) ?? [];

const isInk = (token: string): boolean => !/^[ \t\r\n]+$/.test(token);
const inkOf = (tokens: readonly string[]): number =>
  tokens.filter(isInk).reduce((sum, token) => sum + token.length, 0);
const lastOf = (tokens: readonly string[], count: number): readonly string[] =>
  tokens.slice(tokens.length - count);

function sharedHead(one: readonly string[], two: readonly string[]): number {
  let count = 0;
  while (count < one.length && count < two.length && one[count] === two[count]) count++;
  return count;
}

function sharedTail(one: readonly string[], two: readonly string[], head: number): number {
  const most = Math.min(one.length, two.length) - head;
  let count = 0;
  while (count < most && one[one.length - 1 - count] === two[two.length - 1 - count]) count++;
  return count;
}

/** Pairs of indexes of a longest common subsequence. */
function longestCommon(
  one: readonly string[],
  two: readonly string[],
): readonly (readonly [number, number])[] {
  const width = two.length + 1;
  const best = new Uint16Array((one.length + 1) * width);
  const at = (row: number, column: number): number => best[row * width + column] ?? 0;
  for (let row = one.length - 1; row >= 0; row--) {
    for (let column = two.length - 1; column >= 0; column--) {
      best[row * width + column] =
        one[row] === two[column]
          ? at(row + 1, column + 1) + 1
          : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  const pairs: (readonly [number, number])[] = [];
  for (let row = 0, column = 0; row < one.length && column < two.length; ) {
    if (one[row] === two[column]) pairs.push([row++, column++]);
    else if (at(row + 1, column) >= at(row, column + 1)) row++;
    else column++;
  }
  return pairs;
}

/** The tokens of the middle that are not kept, joined where they touch. */
function rangesOf(
  tokens: readonly string[],
  head: number,
  count: number,
  kept: ReadonlySet<number>,
): readonly Range[] {
  const ranges: Range[] = [];
  let from = tokens.slice(0, head).reduce((sum, token) => sum + token.length, 0);
  for (let index = 0; index < count; index++) {
    const to = from + (tokens[head + index]?.length ?? 0);
    const last = ranges.at(-1);
    if (!kept.has(index)) {
      if (last?.to === from) ranges[ranges.length - 1] = { from: last.from, to };
      else ranges.push({ from, to });
    }
    from = to;
  }
  return ranges;
}
