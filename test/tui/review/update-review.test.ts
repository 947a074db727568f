import { describe, expect, it } from 'vitest';
import { ok } from '../../../src/core/result.ts';
import type { CageReport, PlanRecord } from '../../../src/core/types.ts';
import {
  createMemoryReview,
  REPORT,
  recordOf,
  reviewOf,
  stepOf,
} from '../../support/memory-review.ts';
import { pressReview } from '../../support/press-review.ts';
import { SAMPLE, SAMPLE_BEFORES } from '../../support/review-sample.ts';

async function open(
  record: PlanRecord = SAMPLE,
  more: Parameters<typeof pressReview>[1] & Parameters<typeof createMemoryReview>[2] = {},
) {
  const source = createMemoryReview(record, SAMPLE_BEFORES, more);
  const review = pressReview(source, more);
  await review.settle();
  return { ...review, asked: source.asked };
}

const sentence = (lines: readonly string[]) => lines.find((line) => /^\d+ of \d+ steps/.test(line));
const ends = (review: { effects(): readonly { kind: string }[] }) =>
  review.effects().filter(({ kind }) => kind === 'end');

describe('hunks', () => {
  it('are taken at first, left out by n with a reason, and taken again by y', async () => {
    const review = await open();
    expect(sentence(review.show())).toBe(
      '3 of 3 steps: 1 file is new, 1 file changes, 1 command runs',
    );
    review.press('jnnot asked\r');
    expect(review.show().join('\n')).toContain(
      '› [ ] hunk 2 of 4, line 8, +1 −1, left out: not asked',
    );
    expect(sentence(review.show())).toContain('1 of 5 hunks left out');
    review.press('y');
    expect(review.show().join('\n')).toContain('› [x] hunk 2 of 4');
  });

  it('stay as they are when the reason is not given but gone back from', async () => {
    const review = await open();
    review.press('nwhy\x1b');
    expect(review.show().join('\n')).toContain('› [x] hunk 1 of 4');
  });

  it('are gone through by j and k, which say where they end', async () => {
    const review = await open();
    review.press('jjj');
    expect(review.state().hunk).toEqual({ file: 0, hunk: 3 });
    review.press('j');
    expect(review.show().at(-1)).toBe('No hunk below; J goes on.');
    review.press('k');
    expect(review.state().hunk).toEqual({ file: 0, hunk: 2 });
  });

  it('may be split, and each piece decided by itself', async () => {
    const review = await open();
    review.press('jjjs');
    expect(review.show().join('\n')).toContain('hunk 4 of 5');
    review.press('n\r');
    expect(sentence(review.show())).toContain('1 of 6 hunks left out');
    review.press('ks');
    expect(review.show().at(-1)).toBe('This hunk has no seam to split at.');
  });

  it('never scroll away when they are decided on', async () => {
    const review = await open(SAMPLE, { columns: 60, rows: 16 });
    review.press('j');
    const { top } = review.state();
    review.press('y');
    expect(review.state().top).toEqual(top);
    review.press('n\r');
    expect(review.state().top).toEqual(top);
  });

  it('are only spoken of while they are in sight', async () => {
    const review = await open(SAMPLE, { columns: 60, rows: 16 });
    expect(review.state().hunk).toBeNull();
    review.press('n');
    expect(review.show().at(-1)).toBe('No hunk is in sight: j goes to the next one.');
    review.press('\x1b[F');
    expect(review.state().hunk).not.toEqual({ file: 0, hunk: 0 });
    expect(review.state().hunk).not.toBeNull();
  });
});

describe('steps', () => {
  it('that need one which is left out are left out too, and the footer says so', async () => {
    const review = await open();
    review.press(' ');
    expect(sentence(review.show())).toBe('1 of 3 steps: 1 file is new');
    expect(review.show()).toContain('Step 3 is left out with step 1, which it needs.');
    review.press(' ');
    expect(sentence(review.show())).toContain('3 of 3 steps');
  });

  it('of which every hunk is left out are left out, and space brings them back', async () => {
    const review = await open();
    review.press('Jn\r');
    expect(sentence(review.show())).toContain('2 of 3 steps');
    review.press(' ');
    expect(sentence(review.show())).toContain('3 of 3 steps');
  });

  it('with an error cannot be taken and say why', async () => {
    const finding = { severity: 'error', code: 'x', step: '2', message: 'It is too big.' } as const;
    const review = await open(recordOf(SAMPLE.plan.steps, { findings: [finding] }));
    expect(review.show()).toContain('Step 2 cannot be taken: It is too big.');
    review.press('J ');
    expect(review.show().at(-1)).toBe('Step 2 cannot be taken: It is too big.');
    expect(sentence(review.show())).toContain('2 of 3 steps');
  });

  it('cannot be taken, any of them, where the plan as a whole has an error', async () => {
    const finding = { severity: 'error', code: 'x', message: 'It goes in circles.' } as const;
    const review = await open(recordOf(SAMPLE.plan.steps, { findings: [finding] }));
    expect(sentence(review.show())).toBe('0 of 3 steps: nothing would be done');
    expect(review.show().join('\n')).toContain('error: It goes in circles.');
  });

  it('of several files are gone through by J, file by file', async () => {
    const long = Array.from({ length: 60 }, (_, at) => `line ${at}\n`).join('');
    const record = recordOf([
      stepOf('1', { kind: 'file.delete', path: 'old' }),
      stepOf('2', { kind: 'file.delete', path: 'other' }),
    ]);
    const source = {
      ...createMemoryReview(record, {}),
      changes: async () => ok([reviewOf('old/a', long, null), reviewOf('old/b', 'b\n', null)]),
    };
    const review = pressReview(source, { rows: 30 });
    await review.settle();
    expect(review.show().join('\n')).not.toContain('old/b');
    review.press('J');
    expect(review.show().join('\n')).toContain('old/b');
    expect(review.state().at).toBe(0);
    review.press('J');
    expect(review.state().at).toBe(1);
    review.press('K');
    expect(review.state().at).toBe(0);
  });

  it('that are not what was read cannot be taken', async () => {
    const source = createMemoryReview(SAMPLE, SAMPLE_BEFORES);
    const other = { ...source, changes: async () => ok([]) };
    const review = pressReview(other);
    await review.settle();
    expect(review.show().join('\n')).toContain('is not what the step would write');
    expect(sentence(review.show())).toBe('0 of 3 steps: nothing would be done');
  });

  it('that are still being read cannot be approved', async () => {
    const review = pressReview(createMemoryReview(SAMPLE, SAMPLE_BEFORES));
    review.press('a');
    expect(review.show().at(-1)).toBe('Step 1 is still being read.');
  });
});

describe('an approval', () => {
  it('of the whole plan needs no new revision', async () => {
    const review = await open();
    review.press('ay\r');
    await review.settle();
    expect(review.asked).toEqual(['approve 1,2,3 of the first revision']);
    expect(ends(review)).toEqual([
      {
        kind: 'end',
        end: { kind: 'approved', planHash: SAMPLE.plan.hash, steps: ['1', '2', '3'] },
      },
    ]);
  });

  it.each(['\r', 'n\r', 'Y\r', 'yes\r', '\x1b', '\x1b[200~y\x1b[201~\r'])(
    'is not given by %j',
    async (keys) => {
      const review = await open();
      review.press('a');
      review.pressAfter(10_000, keys);
      await review.settle();
      expect(review.asked).toEqual([]);
      expect(review.show().at(-1)).toBe('Not approved.');
    },
  );

  it('is not given by keys of one read, nor before its question was drawn, nor in a moment after', async () => {
    const review = await open();
    review.pressAfter(10_000, 'ay\r');
    review.burst('y\r');
    review.pressAfter(149, 'y\r');
    await review.settle();
    expect(review.asked).toEqual([]);
    review.pressAfter(150, 'y\r');
    await review.settle();
    expect(review.asked).toHaveLength(1);
  });

  it('drops every key that was typed before the view was drawn', async () => {
    const review = await open();
    review.burst(' n');
    expect(sentence(review.show())).toContain('3 of 3 steps:');
    expect(review.state().stage.kind).toBe('reading');
  });

  it('needs no new revision where a hunk was left out and is taken again', async () => {
    const review = await open();
    review.press('nodd\r');
    review.press('ysay\r');
    await review.settle();
    expect(review.asked).toEqual(['approve 1,2,3 of the first revision']);
  });

  it('amends the plan for a hunk that is left out', async () => {
    const review = await open();
    review.press('nodd\r');
    review.press('ay\r');
    await review.settle();
    const [amended, approved] = review.asked;
    expect(amended).toContain('step 1: hunk 1 of 4 of src/invoice.ts left out: odd');
    expect(amended).toContain('sum += line.price * line.count;');
    expect(approved).toBe('approve 1,2,3 of the amended one');
  });

  it('is not given to a revision that holds anything else', async () => {
    const review = await open(SAMPLE, {
      tamper: (plan) => ({
        ...plan,
        steps: plan.steps.map((step) =>
          step.id === '3' ? { ...step, action: { kind: 'shell.run', argv: ['rm'] } } : step,
        ),
      }),
    });
    review.press('n\r');
    review.press('ay\r');
    await review.settle();
    expect(review.asked.filter((asked) => asked.startsWith('approve'))).toEqual([]);
    expect(review.show().join('\n')).toContain('Not approved: the plan as amended');
    expect(review.show().join('\n')).toContain('rm');
  });

  it('of nothing is not asked for', async () => {
    const review = await open();
    review.press(' J ');
    review.press('a');
    expect(review.show().at(-1)).toBe('No step is taken: there is nothing to approve.');
  });
});

describe('what is critical', () => {
  const critical = recordOf([
    stepOf('1', { kind: 'shell.run', argv: ['ls'] }),
    stepOf('2', { kind: 'file.delete', path: 'build' }, { risk: 'critical' }),
    stepOf('3', { kind: 'shell.run', argv: ['npm', 'publish'] }, { risk: 'high' }),
  ]);

  it('is wanted only once a person says so, and wants its word typed', async () => {
    const review = await open(critical);
    expect(sentence(review.show())).toBe('2 of 3 steps: 2 commands run');
    review.press('J ');
    review.press('a');
    expect(review.show().join('\n')).toContain('Critical: step 2');
    expect(review.show().join('\n')).toContain('To approve it type "2 delete", Enter');
    review.press('2 delete\r');
    expect(review.show().join('\n')).toContain('Approve 3 of 3 steps');
    expect(review.show().join('\n')).toContain('high risk');
    review.press('y\r');
    await review.settle();
    expect(review.asked).toEqual(['approve 1,2,3 of the first revision, named']);
  });

  it('is not approved by another word', async () => {
    const review = await open(critical);
    review.press('J a');
    review.press('y\r');
    expect(review.show().at(-1)).toBe('Not approved: "2 delete" was not typed.');
  });
});

describe('going back', () => {
  it('is one key, or two where marks would be forgotten', async () => {
    const review = await open();
    review.press('n\r');
    review.press('q');
    expect(review.show().at(-1)).toContain('q again leaves');
    review.press('w');
    review.press('q');
    expect(ends(review)).toEqual([]);
    review.press('q');
    expect(ends(review)).toEqual([{ kind: 'end', end: { kind: 'closed' } }]);
  });

  it('is possible at any time with Ctrl+C', async () => {
    const review = await open();
    review.press('a');
    review.burst('\x03');
    expect(ends(review)).toEqual([{ kind: 'end', end: { kind: 'closed' } }]);
  });

  it('to rehearse the plan is one key, or two where marks would be forgotten', async () => {
    const rehearse = [{ kind: 'end', end: { kind: 'rehearse' } }];
    const review = await open();
    review.press('r');
    expect(ends(review)).toEqual(rehearse);
    const marked = await open();
    marked.press('n\r');
    marked.press('r');
    expect(marked.show().at(-1)).toContain('will be forgotten. r again rehearses.');
    // What was asked of one key is not answered by the other.
    marked.press('q');
    expect(ends(marked)).toEqual([]);
    marked.press('rr');
    expect(ends(marked)).toEqual(rehearse);
  });

  it('to rehearse what nothing holds is asked, and not answered by keys that came along', async () => {
    const cage: CageReport = { ...REPORT, rung: 'L1', view: 'copy', by: 'unshare' };
    const review = await open(SAMPLE, { cage });
    review.pressAfter(10_000, 'rr');
    expect(ends(review)).toEqual([]);
    expect(review.show().at(-1)).toContain('r again rehearses.');
    review.pressAfter(149, 'r');
    expect(ends(review)).toEqual([]);
    review.pressAfter(150, 'r');
    expect(ends(review)).toHaveLength(1);
  });

  it('with a no to the plan asks why', async () => {
    const review = await open();
    review.press('xtoo much\r');
    await review.settle();
    expect(review.asked).toEqual(['reject too much']);
    expect(ends(review)).toEqual([{ kind: 'end', end: { kind: 'rejected', reason: 'too much' } }]);
  });
});

describe('sending back', () => {
  const BY_MODEL: PlanRecord = {
    ...SAMPLE,
    plan: { ...SAMPLE.plan, origin: { kind: 'model', text: 'round each line' } },
  };
  const ended = (review: Parameters<typeof ends>[0]) => ends(review).at(-1);

  it('hands the hunks that were left out with a reason to the model, and approves nothing', async () => {
    const review = await open(BY_MODEL);
    review.press('jnnot asked\r');
    expect(review.show().at(-1)).toContain('m sends it back to the model');
    review.press('jnnor this\r');
    review.press('j');
    expect(review.show().at(-1)).toContain('m back to the model');
    review.press('m');
    expect(ended(review)).toEqual({
      kind: 'end',
      end: {
        kind: 'sent-back',
        planHash: BY_MODEL.plan.hash,
        sent: [{ step: '1', hunks: [2, 3], why: 'hunk 2: not asked; hunk 3: nor this' }],
      },
    });
    await review.settle();
    expect(review.asked).toEqual([]);
  });

  it('counts the hunks as the plan has them, also where they were split', async () => {
    const review = await open(BY_MODEL);
    review.press('jjjsnwhy\rjnwhy\r');
    review.press('m');
    expect(ended(review)).toMatchObject({ end: { sent: [{ hunks: [4], why: 'why' }] } });
  });

  it('asks again where the model would not know of all that was marked', async () => {
    const review = await open(BY_MODEL);
    review.press('nwhy\rjn\r');
    review.press('m');
    expect(review.show().join(' ').replace(/\s+/g, ' ')).toContain(
      'The model will not know what else you left out of src/invoice.ts. m again sends the rest',
    );
    expect(ends(review)).toEqual([]);
    review.press('m');
    expect(ended(review)).toMatchObject({ end: { sent: [{ hunks: [1], why: 'why' }] } });
  });

  it('wants a reason, a plan that a model made, and a model', async () => {
    const bare = await open(BY_MODEL);
    bare.press('n\rm');
    expect(bare.show().at(-1)).toContain('Leave a hunk out first, and say why');
    const others = await open();
    others.press('nwhy\rm');
    expect(others.show().at(-1)).toContain('No model made this plan');
    const alone = await open(BY_MODEL, { cannotSendBack: 'No model is there.' });
    alone.press('nwhy\rm');
    expect(alone.show().at(-1)).toBe('No model is there.');
    for (const review of [bare, others, alone]) expect(ends(review)).toEqual([]);
  });
});

describe('editing', () => {
  it('begins with what is taken, and what comes back is what the step would write', async () => {
    const review = await open();
    review.press('n\re');
    const edit = review.effects().find(({ kind }) => kind === 'edit');
    expect(edit).toMatchObject({ step: '1', extension: '.ts' });
    expect(edit?.kind === 'edit' && edit.text).toContain('sum += line.price * line.count;');
    const text = 'all new\n';
    const before = edit?.kind === 'edit' ? edit.before : '';
    const hunks = createMemoryReview(SAMPLE, {}).hunks(before, text);
    review.send({ kind: 'edited', step: '1', edit: ok({ text, hunks }) });
    expect(review.show().join('\n')).toContain('edited by you');
    review.press('ay\r');
    await review.settle();
    expect(review.asked[0]).toContain('"content":"all new\\n"');
    expect(review.asked[1]).toContain('approve');
  });

  it('is not for what is no text of one file', async () => {
    const review = await open();
    review.press('JJe');
    expect(review.show().at(-1)).toBe('Only the text of one file can be edited here.');
  });
});

describe('searching', () => {
  it('goes from match to match, opens what is folded, and ends with Esc', async () => {
    const review = await open();
    review.press('/IMPORT\x7f\x7f\x7f\x7f\x7f\x7fimport\r');
    expect(review.show().join('\n')).toContain("import { cents } from './money.ts';");
    expect(review.show().at(-1)).toContain('match 1 of 1');
    review.press('\x1b');
    expect(review.state().search).toBeNull();
    review.press('/line.count\r]]');
    expect(review.show().at(-1)).toContain('match 1 of 2');
    review.press('[');
    expect(review.show().at(-1)).toContain('match 2 of 2');
    review.press('\x1b/nowhere\r');
    expect(review.show().at(-1)).toContain('no match');
  });
});

describe('the view', () => {
  it('unfolds what is in sight, and folds it again', async () => {
    const review = await open();
    expect(review.show().join('\n')).toContain('⋯ 2 unchanged lines, z shows them');
    review.press('z');
    expect(review.show().join('\n')).not.toContain('⋯');
    review.press('z');
    expect(review.show().join('\n')).toContain('⋯ 2 unchanged lines');
    review.press('uwzz');
    expect(review.state().stage.kind).toBe('reading');
  });

  it('says what the keys do', async () => {
    const review = await open();
    review.press('?');
    expect(review.show().join('\n')).toContain('leave the hunk out; asks why');
    review.press('?');
    expect(review.state().stage.kind).toBe('reading');
  });
});
