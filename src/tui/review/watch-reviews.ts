import { quoteWord } from '../../core/commands/words.ts';
import type { Session } from '../../runtime/session-type.ts';
import type { ShowReview } from '../options.ts';
import type { ReviewEnd } from './review-source.ts';
import { createSessionSource } from './session-source.ts';

/** Shows the plan that the session wants reviewed, one at a time. */
export function watchReviews(session: Session, show: ShowReview): void {
  let isOpen = false;
  session.subscribe(() => {
    const { review, running } = session.state();
    // The command that asked for it has its say first.
    if (review === null || running !== null || isOpen) return;
    const found = session.plan(review);
    if (!found.ok) {
      session.send({ kind: 'notice', block: { kind: 'failure', failure: found.error } });
      session.send({ kind: 'review.closed' });
      return;
    }
    isOpen = true;
    void show(createSessionSource(session, found.value)).then((end) => {
      isOpen = false;
      session.send({ kind: 'review.closed' });
      if (end.kind === 'rehearse') void rehearse(session, review);
      if (end.kind === 'sent-back') void sendBack(session, review, end);
    });
  });
}

/** And back to the review of what was seen; why it could not be done stays on the screen. */
async function rehearse(session: Session, plan: string): Promise<void> {
  const rehearsed = await session.enter(`/plan rehearse ${quoteWord(plan)}`);
  if (rehearsed.ok) await session.enter(`/plan review ${quoteWord(plan)}`);
}

const SHORT_HASH = 12;

/** Step by step, each from the revision that the one before it made; then all of it is reviewed. */
async function sendBack(
  session: Session,
  plan: string,
  { planHash, sent }: ReviewEnd & { kind: 'sent-back' },
): Promise<void> {
  let hash = planHash;
  for (const { step, hunks, why } of sent) {
    const words = [
      'plan',
      'rework',
      plan,
      step,
      '--hash',
      hash.slice(0, SHORT_HASH),
      '--hunks',
      hunks.join(','),
      '--',
    ];
    const line = [...words, why].map(quoteWord).join(' ');
    const reworked = await session.enter(`/${line}`);
    const found = session.plan(plan);
    if (!reworked.ok || !found.ok) return;
    hash = found.value.plan.hash;
  }
  await session.enter(`/plan review ${quoteWord(plan)}`);
}
