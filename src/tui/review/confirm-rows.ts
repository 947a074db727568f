import { isProgram } from '../../core/run/resolve-cage.ts';
import type { Tone } from '../../core/types.ts';
import { describeAll, describeCage, usesNetwork } from './describe-cage.ts';
import { describeAction, targetOf, wordOf } from './describe-step.ts';
import { counted, type Note, note } from './note.ts';
import { type PaneRow, toneOfRisk } from './pane-rows.ts';
import type { ReviewState } from './review-state.ts';
import { saySurprises } from './say-outcome.ts';
import { findRehearsalUse, type RehearsalUse, sayRehearsal } from './say-rehearsal.ts';
import { standingsOf } from './standing.ts';
import { reasonsOf, type StepWork } from './step-work.ts';

/** What is about to be approved: one critical step by itself, or at last all of it. */
export function confirmRows(state: ReviewState, critical: readonly string[]): readonly PaneRow[] {
  const named = state.steps.find(({ step }) => step.id === critical[0]);
  const notes = named === undefined ? listTaken(state) : describeCritical(named, state);
  return notes.map((one) => ({ kind: 'note', note: one }));
}

function describeCritical(work: StepWork, state: ReviewState): readonly Note[] {
  const { step } = work;
  return [
    note(`Critical: step ${step.id}`, 'bad'),
    note(`${wordOf(step)}  ${targetOf(step)}`, 'strong', 2),
    note(step.title),
    ...(step.why === '' ? [] : [note(`why: ${step.why}`, 'dim')]),
    ...describeAction(step),
    ...describeCage(step, state.cage),
    ...sayResult(work, findRehearsalUse(state)).map((text) => note(text, 'plain', 2)),
    ...step.effects.deletes.map((path) => note(`deletes ${path}`, 'bad', 2)),
    ...step.effects.writes.map((path) => note(`writes ${path}`, 'plain', 2)),
  ];
}

function listTaken(state: ReviewState): readonly Note[] {
  const { steps, record, cage } = state;
  const { plan, findings } = record;
  const standings = standingsOf(steps);
  const isTaken = ({ step }: StepWork): boolean => standings.get(step.id)?.kind === 'taken';
  const taken = steps.filter(isTaken);
  const left = steps.filter((work) => !isTaken(work)).map(({ step }) => step.id);
  const surprises = saySurprises(steps);
  const use = findRehearsalUse(state);
  const rehearsal = sayRehearsal(use, steps);
  return [
    ...(rehearsal === null ? [] : [note(rehearsal.text, rehearsal.tone, 2)]),
    note('This would be approved:', 'strong'),
    ...(taken.some(({ step }) => isProgram(step.action)) ? describeAll(cage) : []),
    ...taken.flatMap((work) => listOne(work, use)),
    ...taken.flatMap(reasonsOf).map((reason) => note(reason, 'dim', 2)),
    ...(left.length === 0 ? [] : [note(`Left out: step ${left.join(', ')}`)]),
    ...surprises.map((text) => note(text, 'warn', 2)),
    ...plan.open.map((what) => note(`Not planned: ${what}`, 'warn', 2)),
    ...findings
      .filter(({ step }) => step === undefined)
      .map(({ message }) => note(message, 'warn', 2)),
  ];
}

function listOne(work: StepWork, use: RehearsalUse): readonly Note[] {
  const { step } = work;
  const below = (text: string, tone: Tone): Note => note(`   ${text}`, tone, 3);
  return [
    note(`${step.id}  ${wordOf(step)}  ${targetOf(step)}`, 'plain', 3),
    ...(step.risk === 'high' || step.risk === 'critical'
      ? [below(`${step.risk} risk`, toneOfRisk(step.risk))]
      : []),
    ...(usesNetwork(step) ? [below('it may use the network', 'warn')] : []),
    ...sayResult(work, use).map((text) => below(text, 'plain')),
  ];
}

const UNCHANGED = 'unless something changed since';

/** Whether what a program did in the rehearsal is taken. */
function sayResult({ step, rehearsed }: StepWork, use: RehearsalUse): readonly string[] {
  if (rehearsed === null || rehearsed.ran === null) return [];
  const { changes, ok } = rehearsed;
  if (!ok) return ['it failed in the rehearsal'];
  if (use.kind !== 'taken') return ['it runs again; what the rehearsal saw of it is not taken'];
  if (step.check && use.isFast) return [`its rehearsed result counts, ${UNCHANGED}`];
  if (step.check || changes.length === 0) return ['it changed nothing in the rehearsal'];
  const what =
    changes.length === 1
      ? 'its rehearsed change is'
      : `its ${counted(changes.length, 'rehearsed change')} are`;
  return [`${what} taken, ${use.isFast ? UNCHANGED : 'if it does the same again'}`];
}
