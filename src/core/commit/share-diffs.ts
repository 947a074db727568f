/** The change of one file, as a patch. */
export type FileDiff = { readonly path: string; readonly diff: string };

export type SharedDiff = FileDiff & { readonly isWhole: boolean };

/** Fewer lines of a patch tell nothing. */
const LEAST_LINES = 4;
/** What a line of code that nobody wrote by hand may take. */
const MOST_LINE_CHARS = 300;
/** Around each patch: its fence, and the name of its file. */
const AROUND_TOKENS = 16;

/**
 * As much of each patch as fits into the budget. The largest are shortened first: all that is
 * smaller than an equal share stays whole, and leaves the rest of its share to the larger ones.
 */
export function shareDiffs(
  diffs: readonly FileDiff[],
  budgetTokens: number,
  estimate: (text: string) => number,
): readonly SharedDiff[] {
  const tidy = diffs.map(({ path, diff }) => ({ path, diff: shortenLines(diff), whole: diff }));
  const costs = new Map(tidy.map((each) => [each.path, AROUND_TOKENS + estimate(each.diff)]));
  const bySize = tidy.toSorted((a, b) => (costs.get(a.path) ?? 0) - (costs.get(b.path) ?? 0));
  const shared = new Map<string, SharedDiff>();
  let left = budgetTokens;
  for (const [at, { path, diff, whole }] of bySize.entries()) {
    const share = left / (bySize.length - at);
    const cost = costs.get(path) ?? 0;
    if (cost <= share) {
      shared.set(path, { path, diff, isWhole: diff === whole });
      left -= cost;
      continue;
    }
    const cut = takeLines(diff, share - AROUND_TOKENS, estimate);
    if (cut === null) continue;
    shared.set(path, { path, diff: cut, isWhole: false });
    left -= AROUND_TOKENS + estimate(cut);
  }
  return diffs.flatMap(({ path }) => shared.get(path) ?? []);
}

function takeLines(
  diff: string,
  budget: number,
  estimate: (text: string) => number,
): string | null {
  const lines = diff.split('\n');
  let [fits, tooMany] = [0, lines.length + 1];
  while (tooMany - fits > 1) {
    const middle = Math.floor((fits + tooMany) / 2);
    if (estimate(lines.slice(0, middle).join('\n')) <= budget) fits = middle;
    else tooMany = middle;
  }
  return fits < LEAST_LINES ? null : lines.slice(0, fits).join('\n');
}

const shortenLines = (diff: string): string =>
  diff
    .split('\n')
    .map((line) => (line.length <= MOST_LINE_CHARS ? line : `${line.slice(0, MOST_LINE_CHARS)} …`))
    .join('\n');
