import { describe, expect, it } from 'vitest';
import { layoutBlock } from '../../../src/core/display/layout.ts';
import { judgePass, reportOf } from '../../../src/core/eval/report.ts';
import { sumByLanguage, sumUp } from '../../../src/core/eval/sum-up.ts';
import type { Trial, TrialOutcome } from '../../../src/core/eval/trial.ts';
import { sumBlocks, trialBlock, trialHeading } from '../../../src/core/eval/trial-rows.ts';

function trial(outcome: TrialOutcome, ...edits: readonly (readonly string[])[]): Trial {
  return {
    task: 'a-task-of-22-characters'.slice(0, 22),
    language: 'javascript',
    command: 'plan',
    run: 1,
    outcome,
    why: outcome === 'passed' ? '' : 'It was not right.',
    tookMs: 1_234_567,
    planMs: 1000,
    leftOut: 0,
    work: {
      requests: 1 + edits.length,
      promptTokens: 123_456,
      answerTokens: 12_345,
      cached: 0,
      edits: edits.map((tries) => ({ path: 'a.js', tries })),
    },
  };
}

const TRIALS = [
  trial('passed', ['taken'], ['no-match', 'taken']),
  trial('edit-refused', ['no-match', 'ambiguous'], ['taken']),
  trial('broken-off', ['broken-off']),
  trial('model-gone', ['failed']),
  trial('skipped'),
  trial('broken-task'),
  trial('stopped', ['taken']),
  trial('crashed'),
];
const rows = (blocks: Parameters<typeof layoutBlock>[0][]) =>
  blocks
    .flatMap((block) =>
      layoutBlock(block, {
        columns: 80,
        width: (text) => [...text].length,
        isAscii: false,
        isPlain: false,
      }),
    )
    .map((line) => line.map(({ text }) => text).join(''));

describe('what trials come to', () => {
  it('counts those that say something of the model, and their edits', () => {
    const sum = sumUp(TRIALS);
    expect(sum).toMatchObject({ trials: 8, measured: 4, passed: 1, passRate: 25 });
    expect(sum.edits).toEqual({ asked: 5, first: 2, repaired: 1, lost: 2, applyRate: 60 });
    expect(sum.refusals).toEqual({ 'no-match': 2, ambiguous: 1 });
    expect(sum.outcomes).toMatchObject({ passed: 1, skipped: 1, crashed: 1 });
    expect(sum.requests).toBe(15);
  });

  it('has no rate where there is nothing to count', () => {
    expect(sumUp([trial('skipped')])).toMatchObject({ passRate: null, measured: 0 });
    expect(sumUp([]).edits.applyRate).toBeNull();
    expect(judgePass([trial('skipped')], 0)).toMatchObject({ exitCode: 1 });
    expect(judgePass([trial('skipped')], null)).toMatchObject({ exitCode: 0 });
  });

  it('is enough or not', () => {
    expect(judgePass(TRIALS, 25)).toMatchObject({ exitCode: 0, tone: 'good' });
    expect(judgePass(TRIALS, 26)).toMatchObject({ exitCode: 1, tone: 'bad' });
  });

  it('is told by language, and as a document', () => {
    const both = [...TRIALS, { ...trial('passed'), language: 'c' }];
    expect(sumByLanguage(both).map(([name, { passed }]) => [name, passed])).toEqual([
      ['c', 1],
      ['javascript', 1],
    ]);
    const about = { folder: '/tasks', model: 'tiny', runs: 1, cage: 'L3', isStopped: true };
    expect(reportOf(about, both)).toMatchObject({
      ended: 'stopped',
      summary: { passed: 2 },
      languages: { c: { passed: 1 } },
      tasks: { length: 9 },
    });
  });

  it('fits into 80 columns, with the numbers of all rows under each other', () => {
    const lines = rows([trialHeading(), ...TRIALS.map((each) => trialBlock(each, 1))]);
    const all = [...lines, ...rows([...sumBlocks(TRIALS)])];
    expect(all.filter((line) => line.length > 80)).toEqual([]);
    const ends = lines.filter((line) => /s$|time$/.test(line)).map((line) => line.length);
    expect(new Set(ends)).toEqual(new Set([79]));
    expect(lines).toContain('  › It was not right.');
  });
});
