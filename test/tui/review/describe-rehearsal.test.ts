import { describe, expect, it } from 'vitest';
import { fail } from '../../../src/core/result.ts';
import type { PlanRecord } from '../../../src/core/types.ts';
import { createMemoryReview, recordOf, stepOf } from '../../support/memory-review.ts';
import { pressReview } from '../../support/press-review.ts';
import {
  CHANGES,
  FAILED,
  programStep,
  REVIEWS,
  rehearsedSample,
  STEPS,
} from '../../support/rehearsal-sample.ts';
import { SAMPLE_BEFORES } from '../../support/review-sample.ts';

async function open(record: PlanRecord, keys: string, rows = 70) {
  const source = createMemoryReview(record, SAMPLE_BEFORES, { reviews: REVIEWS });
  const review = pressReview(source, { columns: 80, rows });
  await review.settle();
  review.press(keys);
  return review;
}

const TO_STEP_3 = 'JJ';
const TO_STEP_4 = 'JJJ';

describe('a step that was rehearsed', () => {
  it('shows how it ended and the end of what it said', async () => {
    const rows = (await open(rehearsedSample(), TO_STEP_4)).show();
    const at = rows.indexOf('rehearsed: exit 0, 1.8 s, rung L3');
    expect(rows.slice(at, at + 10)).toEqual([
      'rehearsed: exit 0, 1.8 s, rung L3',
      'what it said, the end of it:',
      '  ⋯ 35 lines before, z shows them',
      '| line 35',
      '| line 36',
      '| line 37',
      '| line 38',
      '| line 39',
      'what it said on standard error, the end of it:',
      '| warn: old',
    ]);
  });

  it('unfolds all that is kept of its output, and folds it again', async () => {
    const review = await open(rehearsedSample(), TO_STEP_4);
    review.press('z');
    expect(review.show()).toContain('| line 0');
    expect(review.show().join('\n')).not.toContain('lines before');
    review.press('z');
    expect(review.show()).not.toContain('| line 0');
    expect(review.show()).toContain('  ⋯ 35 lines before, z shows them');
  });

  it('shows its texts as diffs, and all that no diff tells in words', async () => {
    const rows = (await open(rehearsedSample(), TO_STEP_4, 100)).show();
    const at = rows.indexOf('it changed 6 paths:');
    expect(rows.slice(at, at + 22)).toEqual([
      'it changed 6 paths:',
      'dist',
      'before  nothing',
      'after   folder, mode 755',
      'dist/run.sh',
      'before  nothing',
      'after   file, 12 bytes, mode 755, sha256 c',
      'latest',
      'before  nothing',
      'after   link to dist',
      'logo.png',
      'before  file, 12 bytes, mode 644, sha256 d',
      'after   file, 12 bytes, mode 644, sha256 e',
      'tool',
      'before  file, 12 bytes, mode 644, sha256 f',
      'after   file, 12 bytes, mode 755, sha256 f',
      '',
      'src/cart.ts  +1 −1',
      '  1   1   a',
      '› [x] hunk 1 of 1, line 2, +1 −1',
      '  2     - b',
      '      2 + B',
    ]);
    expect(rows).toEqual(
      expect.arrayContaining(['dist/run.sh  +1 −0  new', '      1 + #!/bin/sh', 'Not a text.']),
    );
  });

  it('goes as a whole', async () => {
    const review = await open(rehearsedSample(), TO_STEP_4);
    review.press('n');
    expect(review.show().at(-1)).toBe(
      'This step goes as a whole: space takes it or leaves it out.',
    );
  });

  it('that is a check says that its changes are thrown away', async () => {
    const rows = (await open(rehearsedSample(), TO_STEP_3)).show();
    expect(rows).toContain('it changed 1 path, as a check: that is thrown away');
    expect(rows.join('\n')).not.toContain('src/cart.ts');
  });

  it('that changed nothing says so', async () => {
    const quiet = programStep('4', { end: { stdout: '', tookMs: 40 } });
    const rows = (await open(rehearsedSample([quiet]), TO_STEP_4)).show();
    const at = rows.indexOf('rehearsed: exit 0, 40 ms, rung L3');
    expect(rows.slice(at, at + 2)).toEqual([
      'rehearsed: exit 0, 40 ms, rung L3',
      'it changed nothing',
    ]);
  });

  it('says which limits it ran into, by which signal it ended, and what it had to do without', async () => {
    const steps = STEPS.map((step) =>
      step.id === '4'
        ? stepOf('4', { kind: 'shell.run', argv: ['npm', 'ci'], network: true })
        : step,
    );
    const end = { exitCode: null, signal: 'SIGKILL', limits: ['time'] } as const;
    const rehearsed = [programStep('4', { ok: false, end })];
    const rows = (await open(recordOf(steps, { rehearsed }), TO_STEP_4)).show();
    const at = rows.findIndex((row) => row.startsWith('rehearsed'));
    expect(rows.slice(at, at + 2)).toEqual([
      'rehearsed: ended by SIGKILL, 1.8 s, rung L3, ran into its limits: time,',
      '  without the network',
    ]);
  });

  it('lets nothing of its output command the terminal or pass for the review', async () => {
    const stdout = 'rung L3 (bwrap)\n\x1b]52;c;aGk=\x07\u202e\nx\rrehearsed: exit 0';
    const evil = programStep('4', { end: { stdout } });
    const rows = (await open(rehearsedSample([evil]), TO_STEP_4)).show();
    expect(rows).toEqual(
      expect.arrayContaining([
        '| rung L3 (bwrap)',
        '| ⟨U+001B⟩]52;c;aGk=⟨U+0007⟩⟨U+202E⟩',
        '| x⟨U+000D⟩rehearsed: exit 0',
      ]),
    );
  });
});

describe('a step that failed when it was rehearsed', () => {
  it('shows more of what it said, and the paths that it had changed', async () => {
    const rows = (await open(FAILED, TO_STEP_3)).show();
    expect(rows).toEqual(
      expect.arrayContaining([
        '› [x] 3  run  npm test -- invoice  failed in the rehearsal  medium',
        'rehearsed: exit 1, 1.8 s, rung L3',
        '  ⋯ 20 lines before, z shows them',
        '| line 20',
        '| expected 10.01, got 10.00',
        'before it failed it changed 1 path; nothing of that is kept:',
        'modify  src/cart.ts',
      ]),
    );
  });

  it('says why where its end was a good one', async () => {
    const error = { code: 'denied', message: 'Step 4 changed .git/hooks/x: never.' } as const;
    const hook = programStep('4', { ok: false, changes: CHANGES, error });
    const rows = (await open(rehearsedSample([hook]), TO_STEP_4)).show();
    expect(rows).toContain('Step 4 changed .git/hooks/x: never.');
  });

  it('names so many paths and counts the rest', async () => {
    const [one] = CHANGES;
    const changes = Array.from({ length: 25 }, () => one ?? CHANGES[0]).filter(
      (change) => change !== undefined,
    );
    const rows = (
      await open(rehearsedSample([programStep('4', { ok: false, changes })]), TO_STEP_4)
    ).show();
    expect(rows.filter((row) => row === 'modify  src/cart.ts')).toHaveLength(20);
    expect(rows).toContain('and 5 more paths');
  });

  it('leaves those behind it unreached', async () => {
    const rows = (await open(FAILED, TO_STEP_4)).show();
    expect(rows).toContain('rehearsal: It was not reached.');
    expect(rows.filter((row) => row.includes('failed in the rehearsal'))).toHaveLength(1);
  });
});

describe('changes of a rehearsal that cannot be shown', () => {
  async function openBlind(record: PlanRecord) {
    const source = createMemoryReview(record, SAMPLE_BEFORES);
    const blind = {
      ...source,
      changes: (id: string, signal: AbortSignal) =>
        id === '4'
          ? Promise.resolve(fail('changed', 'src/cart.ts is not as the plan saw it.'))
          : source.changes(id, signal),
    };
    const review = pressReview(blind, { columns: 80, rows: 70 });
    await review.settle();
    review.press(TO_STEP_4);
    return review.show();
  }

  it('bar the step where an approval would take them', async () => {
    const rows = await openBlind(rehearsedSample());
    expect(rows).toContain('› [!] 4  run  npm run format  medium');
    expect(rows.join('\n').replaceAll('\n', ' ')).toContain(
      'cannot be shown. src/cart.ts is not as the plan saw it. r rehearses again.',
    );
  });

  it('bar nothing where it would not, as the rehearsal failed', async () => {
    const failed = programStep('3', { ok: false });
    const rows = await openBlind(rehearsedSample([programStep('4', { changes: CHANGES }), failed]));
    expect(rows).toContain('› [x] 4  run  npm run format  medium');
    expect(rows.join('\n')).toContain('cannot be shown.');
    expect(rows).toContain('after   file, 12 bytes, mode 644, sha256 b');
  });
});
