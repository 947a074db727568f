import type { PlanRecord } from '../../core/types.ts';
import { describeAction, type Note, note, targetOf, wordOf } from './describe-step.ts';
import { type PaneRow, toneOfRisk } from './pane-rows.ts';
import type { ReviewState } from './review-state.ts';
import { saySurprises } from './say-outcome.ts';
import { standingsOf } from './standing.ts';
import { reasonsOf, type StepWork } from './step-work.ts';

/** What is about to be approved: one critical step by itself, or at last all of it. */
export function confirmRows(
  { steps, record }: ReviewState,
  critical: readonly string[],
): readonly PaneRow[] {
  const named = steps.find(({ step }) => step.id === critical[0]);
  const notes = named === undefined ? listTaken(steps, record) : describeCritical(named);
  return notes.map((one) => ({ kind: 'note', note: one }));
}

function describeCritical({ step }: StepWork): readonly Note[] {
  return [
    note(`Critical: step ${step.id}`, 'bad'),
    note(`${wordOf(step)}  ${targetOf(step)}`, 'strong', 2),
    note(step.title),
    ...(step.why === '' ? [] : [note(`why: ${step.why}`, 'dim')]),
    ...describeAction(step),
    ...step.effects.deletes.map((path) => note(`deletes ${path}`, 'bad', 2)),
    ...step.effects.writes.map((path) => note(`writes ${path}`, 'plain', 2)),
  ];
}

function listTaken(steps: readonly StepWork[], { plan, findings }: PlanRecord): readonly Note[] {
  const standings = standingsOf(steps);
  const isTaken = ({ step }: StepWork): boolean => standings.get(step.id)?.kind === 'taken';
  const taken = steps.filter(isTaken);
  const left = steps.filter((work) => !isTaken(work)).map(({ step }) => step.id);
  const surprises = saySurprises(steps);
  return [
    note('This would be approved:', 'strong'),
    ...taken.flatMap(({ step }) => [
      note(`${step.id}  ${wordOf(step)}  ${targetOf(step)}`, 'plain', 3),
      ...(step.risk === 'high' || step.risk === 'critical'
        ? [note(`   ${step.risk} risk`, toneOfRisk(step.risk), 3)]
        : []),
    ]),
    ...taken.flatMap(reasonsOf).map((reason) => note(reason, 'dim', 2)),
    ...(left.length === 0 ? [] : [note(`Left out: step ${left.join(', ')}`)]),
    ...surprises.map((text) => note(text, 'warn', 2)),
    ...plan.open.map((what) => note(`Not planned: ${what}`, 'warn', 2)),
    ...findings
      .filter(({ step }) => step === undefined)
      .map(({ message }) => note(message, 'warn', 2)),
  ];
}
