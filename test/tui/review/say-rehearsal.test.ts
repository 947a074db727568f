import { describe, expect, it } from 'vitest';
import type { PlanRecord } from '../../../src/core/types.ts';
import { createMemoryReview, recordOf, stepOf } from '../../support/memory-review.ts';
import { pressReview } from '../../support/press-review.ts';
import {
  FAILED,
  programStep,
  REVIEWS,
  rehearsedSample,
  STEPS,
} from '../../support/rehearsal-sample.ts';
import { SAMPLE_BEFORES } from '../../support/review-sample.ts';

async function open(record: PlanRecord = rehearsedSample(), columns = 80) {
  const source = createMemoryReview(record, SAMPLE_BEFORES, { reviews: REVIEWS });
  const review = pressReview(source, { columns, rows: 40 });
  await review.settle();
  return { ...review, asked: source.asked };
}

const EXACTLY = 'Approving takes exactly the rehearsed result where nothing changed since.';

describe('a rehearsal that came out well', () => {
  it('is named in the head, and the foot says what approving takes', async () => {
    const rows = (await open()).show();
    expect(rows[0]).toContain('step 1 of 4 · rehearsed, came out well · make the invoice');
    expect(rows.at(-2)).toBe(EXACTLY);
  });

  it('leaves room for the head of a narrow window', async () => {
    const rows = (await open(undefined, 40)).show();
    expect(rows[0]).toBe('Plan 7f3a · step 1 of 4 · make the invo…');
  });

  it('counts in the question, program by program', async () => {
    const review = await open();
    review.press('a');
    const rows = review.show();
    expect(rows).toContain(EXACTLY);
    const at = rows.indexOf('3  run  npm test -- invoice');
    expect(rows.slice(at, at + 4)).toEqual([
      '3  run  npm test -- invoice',
      '   its rehearsed result counts, unless something changed since',
      '4  run  npm run format',
      '   its 6 rehearsed changes are taken, unless something changed since',
    ]);
  });

  it('does not count where a step of it is left out', async () => {
    const review = await open();
    review.press('J ');
    expect(review.show().at(-2)).toBe(
      'Step 2 was rehearsed too, and is not taken now: programs run again.',
    );
    review.press('a');
    expect(review.show()).toContain('   it runs again; what the rehearsal saw of it is not taken');
    review.press('\x1b ');
    expect(review.show().at(-2)).toBe(EXACTLY);
  });

  it('does not count for a revision that leaves a hunk out, which can be approved all the same', async () => {
    const review = await open();
    review.press('n\r');
    expect(review.show().at(-2)).toBe('Step 1 is not as it was rehearsed: programs run again.');
    review.press('ay\r');
    await review.settle();
    expect(review.asked.at(-1)).toBe('approve 1,2,3,4 of the amended one');
  });

  it('does not count any more once a step of it is done', async () => {
    const record = rehearsedSample();
    const steps = record.steps.map((state) =>
      state.id === '1' ? { ...state, status: 'done' as const } : state,
    );
    expect((await open({ ...record, steps })).show().at(-2)).toBe(
      'Step 1 was done since it was rehearsed: programs run again.',
    );
  });

  it('says what was not rehearsed', async () => {
    const record = recordOf([...STEPS, stepOf('5', { kind: 'shell.run', argv: ['ls'] })], {
      rehearsed: [programStep('4')],
    });
    expect((await open(record)).show().join(' ')).toContain(
      `Only a part was rehearsed: not step 3, 5. ${EXACTLY.slice(0, 20)}`,
    );
  });

  it('lets programs run again where nobody can tell whether something changed', async () => {
    const record = rehearsedSample();
    const rehearsal = record.rehearsal === null ? null : { ...record.rehearsal, stamp: null };
    const review = await open({ ...record, rehearsal });
    expect(review.show().join(' ')).toContain('Approving runs programs again');
    review.press('a');
    expect(review.show()).toContain(
      '   its 6 rehearsed changes are taken, if it does the same again',
    );
  });

  it('of another revision is none', async () => {
    const record = rehearsedSample();
    const rehearsal = record.rehearsal === null ? null : { ...record.rehearsal, planHash: 'x' };
    const rows = (await open({ ...record, rehearsal })).show();
    expect(rows.join('\n')).not.toMatch(/rehears(ed|al)/);
  });
});

describe('a rehearsal that failed', () => {
  const WHY = 'Rehearsal failed. Step 3 ended with exit 1. Approving runs it all the same.';

  it('says at which step and why, in any step', async () => {
    const rows = (await open(FAILED)).show();
    expect(rows[0]).toContain('step 1 of 4 · rehearsal failed · make the invoice');
    expect(rows.at(-2)).toBe(WHY);
  });

  it('can be approved, and the question says that it failed', async () => {
    const review = await open(FAILED);
    review.press('a');
    const rows = review.show();
    expect(rows).toContain(WHY);
    expect(rows).toContain('   it failed in the rehearsal');
    expect(rows.join('\n')).toContain('The rehearsal failed. Approve 4 of 4 steps');
    review.press('y\r');
    await review.settle();
    expect(review.asked).toEqual(['approve 1,2,3,4 of the first revision']);
  });
});
