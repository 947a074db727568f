import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { splitWords } from '../../../src/core/commands/words.ts';
import { fail, ok } from '../../../src/core/result.ts';
import type { Session } from '../../../src/runtime/session-type.ts';
import type { ReviewEnd } from '../../../src/tui/review/review-source.ts';
import { watchReviews } from '../../../src/tui/review/watch-reviews.ts';
import { createMemorySession } from '../../support/memory-session.ts';
import { SAMPLE } from '../../support/review-sample.ts';

/** A session that reviews the sample; each review that is shown comes to the next of these ends. */
async function watch(ends: readonly ReviewEnd[], more: Partial<Session> = {}) {
  const memory = createMemorySession();
  const session: Session = {
    ...memory,
    plan: () => ok(SAMPLE),
    async enter(line) {
      const entered = await memory.enter(line);
      // The command itself is not there: this is what comes of it.
      if (line === '/plan review 7f3a') openReview(memory);
      return entered;
    },
    ...more,
  };
  let shown = 0;
  watchReviews(session, async (source) => {
    expect(source.record()).toBe(SAMPLE);
    return ends[shown++] ?? { kind: 'closed' };
  });
  openReview(memory);
  for (let turn = 0; turn < 10; turn++) await setImmediate();
  return { shown, lines: memory.history(9), review: memory.state().review };
}

const openReview = (session: Session) =>
  session.send({ kind: 'change.made', change: { kind: 'review.open', plan: '7f3a' } });

describe('a review of the session', () => {
  it('is over once it is closed', async () => {
    expect(await watch([{ kind: 'closed' }])).toEqual({ shown: 1, lines: [], review: null });
  });

  it('that wants a rehearsal is followed by one, and by a review of what was seen', async () => {
    expect(await watch([{ kind: 'rehearse' }, { kind: 'closed' }])).toEqual({
      shown: 2,
      lines: ['/plan rehearse 7f3a', '/plan review 7f3a'],
      review: null,
    });
  });

  it('does not come back over the reason why nothing could be rehearsed', async () => {
    const lines: string[] = [];
    const seen = await watch([{ kind: 'rehearse' }], {
      async enter(line) {
        lines.push(line);
        return fail('cancelled', 'The rehearsal was stopped.');
      },
    });
    expect(seen).toMatchObject({ shown: 1, review: null });
    expect(lines).toEqual(['/plan rehearse 7f3a']);
  });

  it('that sends hunks back is followed by the model, step by step, and by another review', async () => {
    const why = 'it\'s "wrong" -- x';
    const sent = [
      { step: '1', hunks: [2, 3], why },
      { step: '2', hunks: [1], why: '--new' },
    ];
    const { hash: planHash } = SAMPLE.plan;
    const short = planHash.slice(0, 12);
    const seen = await watch([{ kind: 'sent-back', planHash, sent }, { kind: 'closed' }]);
    expect(seen).toMatchObject({ shown: 2, review: null });
    expect(seen.lines.map((line) => splitWords(line))).toEqual([
      ok(['/plan', 'rework', '7f3a', '1', '--hash', short, '--hunks', '2,3', '--', why]),
      ok(['/plan', 'rework', '7f3a', '2', '--hash', short, '--hunks', '1', '--', '--new']),
      ok(['/plan', 'review', '7f3a']),
    ]);
  });

  it('does not come back over the reason why nothing could be written anew', async () => {
    const sent = [{ step: '1', hunks: [1], why: 'why' }];
    const seen = await watch([{ kind: 'sent-back', planHash: SAMPLE.plan.hash, sent }], {
      enter: async () => fail('model', 'The model is gone.'),
    });
    expect(seen).toMatchObject({ shown: 1, review: null });
  });
});
