import { fail } from '../../core/result.ts';
import type { PlanRecord } from '../../core/types.ts';
import { EMPTY } from '../editor/draft.ts';
import { findStrayChanges } from './check-amended.ts';
import { phraseOf } from './describe-step.ts';
import type { Amendment, ApprovalWish } from './review-source.ts';
import {
  openReview,
  type ReviewState,
  type ReviewUpdate,
  type Stage,
  say,
} from './review-state.ts';
import { standingsOf } from './standing.ts';
import { amendmentOf, reasonsOf, type StepWork } from './step-work.ts';

export const STILL_TRIED = 'What programs run in is still being tried.';

const TOP = { row: 0, sub: 0 };

export const reading = (state: ReviewState, hint: string): ReviewState => ({
  ...say(state, hint),
  stage: { kind: 'reading' },
});

/** Asks whether what is marked shall be approved: the critical steps first, by a word for each. */
export function startConfirm(state: ReviewState): ReviewState {
  const standings = standingsOf(state.steps);
  const waiting = state.steps.find(({ step }) => standings.get(step.id)?.kind === 'waiting');
  if (waiting !== undefined) return say(state, `Step ${waiting.step.id} is still being read.`);
  if (state.cage.kind === 'waiting') return say(state, STILL_TRIED);
  const taken = takenSteps(state.steps);
  if (taken.length === 0) return say(state, 'No step is taken: there is nothing to approve.');
  const critical = taken.filter(({ step }) => step.risk === 'critical').map(({ step }) => step.id);
  return ask(state, critical);
}

/** What was typed before this question stood on the screen does not answer it. */
const ask = (state: ReviewState, critical: readonly string[]): ReviewState => ({
  ...state,
  stage: { kind: 'confirm', critical, draft: EMPTY, top: TOP },
  guard: { kind: 'undrawn' },
});

function takenSteps(steps: readonly StepWork[]): readonly StepWork[] {
  const standings = standingsOf(steps);
  return steps.filter(({ step }) => standings.get(step.id)?.kind === 'taken');
}

/** Enter at the question. Whatever is not exactly what it asks for is No. */
export function answer(
  state: ReviewState,
  { critical, draft }: Extract<Stage, { kind: 'confirm' }>,
): ReviewUpdate {
  const typed = draft.text.trim();
  const named = state.steps.find(({ step }) => step.id === critical[0]);
  if (named !== undefined) {
    return typed === phraseOf(named.step)
      ? [ask(state, critical.slice(1)), []]
      : [reading(state, `Not approved: "${phraseOf(named.step)}" was not typed.`), []];
  }
  return typed === 'y' ? approve(state) : [reading(state, 'Not approved.'), []];
}

function approve(state: ReviewState): ReviewUpdate {
  const taken = takenSteps(state.steps);
  const contents = taken.map(amendmentOf).filter((content) => content !== null);
  const reason = taken.flatMap(reasonsOf).join('; ');
  const planHash = state.record.plan.hash;
  if (contents.length === 0) return wish(state, planHash, reason);
  const stage: Stage = { kind: 'busy', what: 'Keeping what was left out.', isFinal: false };
  return [{ ...state, stage }, [{ kind: 'amend', amendment: { planHash, contents, reason } }]];
}

function wish(state: ReviewState, planHash: string, reason: string): ReviewUpdate {
  const taken = takenSteps(state.steps);
  const wished: ApprovalWish = {
    planHash,
    steps: taken.map(({ step }) => step.id),
    // Each of them was asked for by its word, else nobody came here.
    isNamed: taken.some(({ step }) => step.risk === 'critical'),
    reason,
  };
  const stage: Stage = { kind: 'busy', what: 'Approving.', isFinal: true };
  return [{ ...state, stage }, [{ kind: 'approve', wish: wished }]];
}

/** A new revision was kept. It is approved only if it is what the person has seen, to the byte. */
export function takeAmended(
  state: ReviewState,
  amendment: Amendment,
  record: PlanRecord,
): ReviewUpdate {
  const { plan, findings } = record;
  const stray = findStrayChanges(state.record.plan, plan, amendment.contents);
  const taken = takenSteps(state.steps).map(({ step }) => step.id);
  const errors = findings
    .filter(
      ({ severity, step }) => severity === 'error' && step !== undefined && taken.includes(step),
    )
    .map(({ message }) => message);
  const problems = [...stray, ...errors];
  if (problems.length === 0) {
    return wish(state, plan.hash, amendment.reason);
  }
  const [opened, effects] = openReview(record, state);
  const why = `Not approved: the plan as amended is to be looked at again (${problems.join('; ')}).`;
  return [say(opened, why), effects];
}

/** The approval is there, or why it is not. */
export function takeApproved(
  state: ReviewState,
  { planHash, steps }: ApprovalWish,
  error: string | null,
): ReviewUpdate {
  if (error === null) {
    const end = { kind: 'approved', planHash, steps } as const;
    return [{ ...state, stage: { kind: 'over' } }, [{ kind: 'end', end }]];
  }
  if (planHash === state.record.plan.hash) return [reading(state, `Not approved: ${error}`), []];
  // The marks are in a revision now that is not the one on the screen.
  const { error: failure } = fail('failed', `Not approved: ${error}`, {
    hint: 'What was left out is kept in the plan; review it again.',
  });
  return [
    { ...state, stage: { kind: 'over' } },
    [{ kind: 'end', end: { kind: 'failed', failure } }],
  ];
}
