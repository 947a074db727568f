import { isWeaker } from '../../core/run/resolve-cage.ts';
import { STILL_TRIED } from './confirm.ts';
import type { ReviewEnd } from './review-source.ts';
import { type Guard, type ReviewState, type ReviewUpdate, say } from './review-state.ts';
import { barOf, findReturn } from './send-back.ts';
import { isMarked } from './step-work.ts';

export function leave(state: ReviewState): ReviewUpdate {
  return goAway(state, { kind: 'closed' }, forgets(state), 'q again leaves.');
}

/** Where nothing holds a program, trying one is no mere look. */
export function rehearse(state: ReviewState): ReviewUpdate {
  const { cage } = state;
  if (cage.kind === 'waiting') return [say(state, STILL_TRIED), []];
  const isHeld =
    cage.kind === 'none' || (cage.kind === 'known' && !isWeaker(cage.report.rung, 'L2'));
  const why = [...forgets(state), ...(isHeld ? [] : [NOT_HELD])];
  return goAway(state, { kind: 'rehearse' }, why, 'r again rehearses.');
}

/** The model writes anew what was left out with a reason; nothing is approved by that. */
export function sendBack(state: ReviewState): ReviewUpdate {
  const bar = barOf(state);
  if (bar !== null) return [say(state, bar), []];
  const { sent, lost } = findReturn(state.steps);
  if (sent.length === 0) {
    return [say(state, 'Leave a hunk out first, and say why: n. The model reads that.'), []];
  }
  const against = lost.length === 0 ? [] : [`The model will not know ${lost.join(', nor ')}.`];
  const end = { kind: 'sent-back', planHash: state.record.plan.hash, sent } as const;
  return goAway(state, end, against, 'm again sends the rest back.');
}

const NOT_HELD = 'Nothing here keeps programs from writing elsewhere, also in a rehearsal.';

/** What was decided on hunks and by editing is kept nowhere else. */
const forgets = ({ steps }: ReviewState): readonly string[] =>
  steps.some(isMarked) ? ['What you left out and edited will be forgotten.'] : [];

/** Ends the review undecided; where there is something against that, the second time. */
function goAway(
  state: ReviewState,
  end: ReviewEnd,
  against: readonly string[],
  again: string,
): ReviewUpdate {
  if (against.length > 0 && state.asked !== end.kind) {
    const asked = say(state, [...against, again].join(' '));
    // Going away is careful; what makes programs run waits until the warning can have been read.
    const guard: Guard = end.kind === 'rehearse' ? { kind: 'undrawn' } : state.guard;
    return [{ ...asked, asked: end.kind, guard }, []];
  }
  return [{ ...state, stage: { kind: 'over' } }, [{ kind: 'end', end }]];
}
