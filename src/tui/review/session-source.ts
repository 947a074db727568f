import { quoteWord } from '../../core/commands/words.ts';
import { ok } from '../../core/result.ts';
import type { PlanRecord, Result } from '../../core/types.ts';
import type { Session } from '../../runtime/session-type.ts';
import type { ReviewSource } from './review-source.ts';

/** A plan of the session for the review screen. What the person decides there becomes commands. */
export function createSessionSource(session: Session, opened: PlanRecord): ReviewSource {
  const { id } = opened.plan;
  let record = opened;

  /** A line as a person would enter it; it stands in the transcript and in the log. */
  const enter = (words: readonly string[], text?: string) =>
    session.enter(`/${words.map(quoteWord).join(' ')}`, text);

  return {
    record: () => record,
    changes: (step) => Promise.resolve(session.changes(record.plan, step)),
    cage: () => session.cage(),
    hunks: session.hunks,
    async amend({ planHash, contents, reason }): Promise<Result<PlanRecord>> {
      const text = JSON.stringify(
        Object.fromEntries(contents.map(({ step, content }) => [step, content])),
      );
      const amended = await enter(
        ['plan', 'amend', id, '--hash', planHash, '--contents', '--reason', reason],
        text,
      );
      if (!amended.ok) return amended;
      const found = session.plan(id);
      if (found.ok) record = found.value;
      return found;
    },
    async approve({ planHash, steps, isNamed, reason }) {
      const isAll = steps.length === record.plan.steps.length;
      const named = isNamed || !isAll ? ['--steps', steps.join(',')] : [];
      const why = reason === '' ? [] : ['--reason', reason];
      const seen = ['--rehearsal', record.rehearsal?.hash ?? 'none'];
      const approved = await enter(['approve', id, '--hash', planHash, ...seen, ...named, ...why]);
      return approved.ok ? ok(undefined) : approved;
    },
    async reject(reason) {
      const why = reason === '' ? [] : ['--reason', reason];
      const rejected = await enter(['reject', id, ...why]);
      return rejected.ok ? ok(undefined) : rejected;
    },
    cannotSendBack() {
      const found = session.capabilities().find(({ card }) => card.name === 'plan rework');
      if (found === undefined || found.availability.isAvailable) return null;
      const { why, remedy } = found.availability;
      return `It cannot go back to the model: ${why.replace(/\.$/, '')}. ${remedy}`;
    },
  };
}
