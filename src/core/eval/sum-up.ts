import type { EditTries, Json } from '../types.ts';
import { isMeasured, TRIAL_OUTCOMES, type Trial } from './trial.ts';

/** What many trials come to. Rates are percent, and null where there is nothing to count. */
export type Sum = {
  readonly trials: number;
  /** Those that say something of the model. */
  readonly measured: number;
  readonly passed: number;
  readonly passRate: number | null;
  /** Edits that were asked for: taken at the first try, after the repair, or not at all. */
  readonly edits: {
    readonly asked: number;
    readonly first: number;
    readonly repaired: number;
    readonly lost: number;
    readonly applyRate: number | null;
  };
  /** How often the ladder refused an edit, by why. */
  readonly refusals: Readonly<Record<string, number>>;
  readonly outcomes: Readonly<Record<string, number>>;
  readonly requests: number;
  readonly promptTokens: number;
  readonly answerTokens: number;
  readonly cached: number;
  readonly tookMs: number;
  readonly planMs: number;
};

export function sumUp(trials: readonly Trial[]): Sum {
  const measured = trials.filter(isMeasured);
  const passed = trials.filter(({ outcome }) => outcome === 'passed').length;
  const edits = measured.flatMap(({ work }) => work.edits).filter(isAnswered);
  const first = edits.filter(({ tries }) => tries[0] === 'taken').length;
  const repaired = edits.filter(({ tries }) => tries.length > 1 && tries.at(-1) === 'taken').length;
  const total = (of: (trial: Trial) => number) => trials.reduce((sum, trial) => sum + of(trial), 0);
  const codes = edits.flatMap(({ tries }) => tries.filter((each) => !NO_REFUSALS.includes(each)));
  return {
    trials: trials.length,
    measured: measured.length,
    passed,
    passRate: rate(passed, measured.length),
    edits: {
      asked: edits.length,
      first,
      repaired,
      lost: edits.length - first - repaired,
      applyRate: rate(first + repaired, edits.length),
    },
    refusals: count(codes),
    outcomes: count(
      TRIAL_OUTCOMES.flatMap((each) =>
        trials.flatMap(({ outcome }) => (outcome === each ? [each] : [])),
      ),
    ),
    requests: total(({ work }) => work.requests),
    promptTokens: total(({ work }) => work.promptTokens),
    answerTokens: total(({ work }) => work.answerTokens),
    cached: total(({ work }) => work.cached),
    tookMs: total(({ tookMs }) => tookMs),
    planMs: total(({ planMs }) => planMs),
  };
}

/** By language, in the order of the alphabet. */
export const sumByLanguage = (trials: readonly Trial[]): readonly (readonly [string, Sum])[] =>
  [...new Set(trials.map(({ language }) => language))]
    .sort()
    .map((language) => [language, sumUp(trials.filter((trial) => trial.language === language))]);

/** Of what the model was gone for, nothing can be said. */
const isAnswered = ({ tries }: EditTries): boolean => tries.length > 0 && tries.at(-1) !== 'failed';

const NO_REFUSALS = ['taken', 'broken-off', 'failed'];

const rate = (some: number, all: number): number | null =>
  all === 0 ? null : Math.round((some * 1000) / all) / 10;

function count(words: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}

export const sumAsData = ({ tookMs, planMs, ...sum }: Sum): Json => ({
  ...sum,
  seconds: seconds(tookMs),
  planSeconds: seconds(planMs),
});

export const seconds = (ms: number): number => Math.round(ms / 100) / 10;
