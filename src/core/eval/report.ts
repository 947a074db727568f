import type { JsonObject, Tone } from '../types.ts';
import { seconds, sumAsData, sumByLanguage, sumUp } from './sum-up.ts';
import type { Trial } from './trial.ts';

/** All that is known of an evaluation, as one document. */
export function reportOf(
  about: {
    readonly folder: string;
    readonly model: string;
    readonly runs: number;
    readonly cage: string;
    readonly isStopped: boolean;
  },
  trials: readonly Trial[],
): JsonObject {
  const { isStopped, ...rest } = about;
  return {
    ...rest,
    ended: isStopped ? 'stopped' : 'done',
    summary: sumAsData(sumUp(trials)),
    languages: Object.fromEntries(
      sumByLanguage(trials).map(([language, sum]) => [language, sumAsData(sum)]),
    ),
    tasks: trials.map(trialAsData),
  };
}

const trialAsData = (trial: Trial): JsonObject => {
  const { task, run, language, command, outcome, why, tookMs, planMs, work, leftOut } = trial;
  return {
    ...{ task, run, language, command, outcome },
    ...(why === '' ? {} : { why }),
    ...{ seconds: seconds(tookMs), planSeconds: seconds(planMs) },
    ...{ requests: work.requests, cached: work.cached },
    ...{ promptTokens: work.promptTokens, answerTokens: work.answerTokens },
    edits: work.edits.map(({ path, tries }) => ({ path, tries })),
    programsLeftOut: leftOut,
  };
};

type Judged = { readonly text: string; readonly exitCode: number; readonly tone: Tone };

/** Whether enough passed; where nothing was measured it did not. */
export function judgePass(trials: readonly Trial[], minPass: number | null): Judged {
  const { passed, measured, passRate } = sumUp(trials);
  const text =
    passRate === null
      ? 'nothing was measured.'
      : `${passed} of ${measured} passed, ${passRate} percent.`;
  if (minPass === null) return { text, exitCode: 0, tone: 'plain' };
  if (passRate !== null && passRate >= minPass) {
    return { text: `${text} ${minPass} were wanted.`, exitCode: 0, tone: 'good' };
  }
  return { text: `${text} ${minPass} percent were wanted.`, exitCode: 1, tone: 'bad' };
}
