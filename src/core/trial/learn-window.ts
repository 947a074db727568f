import type { WindowTrial } from './trials.ts';

/** A prompt that fills less of the window says little of it. */
const LEAST_FILLED = 0.5;

/**
 * The largest window of those that worked, up to the first that did not. Where a part of the model
 * has to leave the fast memory for it, it is not worth it. Null: nothing was seen.
 */
export function learnWindow(trials: readonly WindowTrial[]): number | null {
  const ascending = trials.toSorted((a, b) => a.contextTokens - b.contextTokens);
  let learned: number | null = null;
  for (const { contextTokens, promptTokens, outcome, isSpilled } of ascending) {
    if (outcome !== 'found' || promptTokens < contextTokens * LEAST_FILLED) break;
    if (isSpilled && learned !== null) break;
    learned = contextTokens;
  }
  return learned;
}

/** A larger one takes long to fill, and much memory. */
export const MOST_TRIED_TOKENS = 32_768;
const LEAST_TOKENS = 2048;

/** What to try next: twice as much while all is well, half where even the first was too much. */
export function nextWindow(
  trials: readonly WindowTrial[],
  { startTokens, mostTokens }: { readonly startTokens: number; readonly mostTokens: number },
): number | null {
  const last = trials.at(-1);
  if (last === undefined) return startTokens;
  const { contextTokens, promptTokens, outcome, isSpilled } = last;
  const hasFailed = trials.some((trial) => trial.outcome !== 'found');
  if (outcome === 'found') {
    const isFilled = promptTokens >= contextTokens * LEAST_FILLED;
    const next = Math.min(contextTokens * 2, mostTokens, MOST_TRIED_TOKENS);
    return isFilled && !isSpilled && !hasFailed && next > contextTokens ? next : null;
  }
  const isGrown = contextTokens > startTokens;
  const half = Math.floor(contextTokens / 2);
  return isGrown || half < LEAST_TOKENS ? null : half;
}
