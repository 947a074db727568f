import { groupDigits } from '../text/group-digits.ts';
import type { Block, Item, Mark } from '../types.ts';
import { type Sum, seconds, sumByLanguage, sumUp } from './sum-up.ts';
import { isMeasured, type Trial } from './trial.ts';

/** One row for each trial as it ends, so the columns are as wide as they ever get: 80 in all. */
export const trialHeading = (): Block => ({
  kind: 'items',
  items: [
    { mark: 'none', text: row(['task', 'language', 'outcome', 'edits', 'read', 'wrote', 'time']) },
  ],
});

export function trialBlock(trial: Trial, runs: number): Block {
  const { work, outcome, why } = trial;
  const taken = work.edits.filter(({ tries }) => tries.at(-1) === 'taken').length;
  const item: Item = {
    mark: markOf(trial),
    text: row([
      runs === 1 ? trial.task : `${trial.task} ${trial.run}`,
      trial.language,
      outcome,
      `${taken}/${work.edits.length}`,
      groupDigits(work.promptTokens),
      groupDigits(work.answerTokens),
      sayTime(trial.tookMs),
    ]),
    ...(outcome === 'passed' ? {} : { remedy: why }),
  };
  return { kind: 'items', items: [item] };
}

const WIDTHS = [24, 10, 12, 6, 8, 7, 8];

function row(cells: readonly string[]): string {
  return cells
    .map((cell, at) => (at < 3 ? cell.padEnd(WIDTHS[at] ?? 0) : cell.padStart(WIDTHS[at] ?? 0)))
    .map((cell, at) => (at === 0 || at > 2 ? cell : ` ${cell}`))
    .join('')
    .trimEnd();
}

function markOf(trial: Trial): Mark {
  if (trial.outcome === 'passed') return 'ok';
  return isMeasured(trial) ? 'fail' : 'warn';
}

/** By language and in all, and what was refused. */
export function sumBlocks(trials: readonly Trial[]): readonly Block[] {
  const all = sumUp(trials);
  const { refusals, outcomes } = all;
  return [
    {
      kind: 'table',
      columns: ['', 'passed', 'rate', 'edits', 'first', 'again', 'applied', 'tokens', 'time'],
      rows: [...sumByLanguage(trials), ['all', all] as const].map(([name, sum]) =>
        sumRow(name, sum),
      ),
    },
    {
      kind: 'fields',
      fields: [
        { name: 'outcomes', value: sayCounts(outcomes) },
        { name: 'refused edits', value: sayCounts(refusals) || 'none' },
        {
          name: 'model',
          value: `${groupDigits(all.requests)} requests, ${all.cached} cached, ${sayTime(all.planMs)} for plans`,
        },
      ],
    },
  ];
}

const sumRow = (name: string, sum: Sum): readonly string[] => [
  name,
  `${sum.passed} of ${sum.measured}`,
  sayRate(sum.passRate),
  String(sum.edits.asked),
  String(sum.edits.first),
  String(sum.edits.repaired),
  sayRate(sum.edits.applyRate),
  groupDigits(sum.promptTokens + sum.answerTokens),
  sayTime(sum.tookMs),
];

const sayRate = (percent: number | null): string => (percent === null ? '' : `${percent}%`);
const sayTime = (ms: number): string => `${seconds(ms).toFixed(1)} s`;
const sayCounts = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([name, times]) => `${times} ${name}`)
    .join(', ');
