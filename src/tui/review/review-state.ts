import { isProgram } from '../../core/run/resolve-cage.ts';
import type { CageReport, Hunk, PlanRecord, Result, Step } from '../../core/types.ts';
import type { Draft } from '../editor/draft.ts';
import type { Key } from '../keys/key.ts';
import type { Look, Size } from '../live/view.ts';
import type { SeenCage } from './describe-cage.ts';
import type { CodeMatch } from './find-matches.ts';
import type { Amendment, ApprovalWish, ReviewEnd } from './review-source.ts';
import { openSteps, type StepWork } from './step-work.ts';

/** All that the review screen is: plain data that `updateReview` turns into the next one. */
export type ReviewState = {
  readonly record: PlanRecord;
  readonly steps: readonly StepWork[];
  readonly cage: SeenCage;
  /** Why no model could write anything anew. */
  readonly cannotSendBack: string | null;
  /** The step that is shown, by its place. */
  readonly at: number;
  /** The hunk that keys speak of; always one that is in sight. */
  readonly hunk: HunkPlace | null;
  readonly top: Top;
  readonly isSideBySide: boolean;
  /** Blanks are drawn as signs. */
  readonly hasBlanks: boolean;
  readonly search: Search | null;
  readonly stage: Stage;
  readonly guard: Guard;
  /** One sentence in place of the keys, until the next key. */
  readonly hint: string | null;
  /** How the review would end if the same key came again. */
  readonly asked: ReviewEnd['kind'] | null;
  readonly size: Size;
  readonly look: Look;
};

export type HunkPlace = { readonly file: number; readonly hunk: number };

/** The first row in sight, and how many of its lines are above. */
export type Top = { readonly row: number; readonly sub: number };

export type Search = {
  readonly query: string;
  readonly matches: readonly CodeMatch[];
  /** The match that was gone to; -1 before the first. */
  readonly at: number;
};

export type Stage =
  | { readonly kind: 'reading' }
  | {
      readonly kind: 'typing';
      readonly what: 'search' | 'leave-out' | 'reject';
      readonly draft: Draft;
    }
  | { readonly kind: 'help'; readonly top: Top }
  /** `critical` are the steps whose word is still to be typed, the first of them now. */
  | {
      readonly kind: 'confirm';
      readonly critical: readonly string[];
      readonly draft: Draft;
      readonly top: Top;
    }
  /** Waiting; what `isFinal` is under way can no longer be left alone. */
  | { readonly kind: 'busy'; readonly what: string; readonly isFinal: boolean }
  | { readonly kind: 'over' };

/**
 * Keys that were typed before a person can have seen what they would answer are dropped: until
 * the view is drawn, and for a moment after.
 */
export type Guard =
  | { readonly kind: 'undrawn' }
  | { readonly kind: 'drawn'; readonly atMs: number }
  | { readonly kind: 'open' };

export type ReviewEvent =
  | { readonly kind: 'key'; readonly key: Key; readonly atMs: number }
  /** What the state says stands on the screen. */
  | { readonly kind: 'drawn'; readonly atMs: number }
  | { readonly kind: 'resized'; readonly size: Size }
  | {
      readonly kind: 'changes';
      readonly planHash: string;
      readonly step: string;
      readonly files: StepWork['files'];
    }
  | { readonly kind: 'cage'; readonly result: Result<CageReport> }
  | { readonly kind: 'edited'; readonly step: string; readonly edit: Result<Edited> }
  | { readonly kind: 'amended'; readonly amendment: Amendment; readonly result: Result<PlanRecord> }
  | { readonly kind: 'approved'; readonly wish: ApprovalWish; readonly result: Result<void> }
  | { readonly kind: 'rejected'; readonly reason: string; readonly result: Result<void> };

export type Edited = {
  readonly text: string;
  readonly hunks: readonly Hunk[];
};

export type ReviewEffect =
  | { readonly kind: 'load'; readonly step: Step; readonly planHash: string }
  /** Asks what programs run in. */
  | { readonly kind: 'cage' }
  | {
      readonly kind: 'edit';
      readonly step: string;
      readonly before: string;
      readonly text: string;
      readonly extension: string;
    }
  | { readonly kind: 'amend'; readonly amendment: Amendment }
  | { readonly kind: 'approve'; readonly wish: ApprovalWish }
  | { readonly kind: 'reject'; readonly reason: string }
  | { readonly kind: 'end'; readonly end: ReviewEnd };

export type ReviewUpdate = readonly [ReviewState, readonly ReviewEffect[]];

/** A review begins at the first step; what the steps change is asked for. */
export function openReview(
  record: PlanRecord,
  { size, look, cannotSendBack }: Pick<ReviewState, 'size' | 'look' | 'cannotSendBack'>,
): ReviewUpdate {
  const isRunning = record.plan.steps.some(({ action }) => isProgram(action));
  const state: ReviewState = {
    record,
    steps: openSteps(record),
    cage: { kind: isRunning ? 'waiting' : 'none' },
    cannotSendBack,
    at: 0,
    hunk: null,
    top: { row: 0, sub: 0 },
    isSideBySide: false,
    hasBlanks: false,
    search: null,
    stage: { kind: 'reading' },
    guard: { kind: 'undrawn' },
    hint: null,
    asked: null,
    size,
    look,
  };
  const waiting = state.steps.filter(({ files }) => files.kind === 'waiting');
  const planHash = record.plan.hash;
  return [
    state,
    [
      ...(isRunning ? [{ kind: 'cage' } as const] : []),
      ...waiting.map(({ step }) => ({ kind: 'load', step, planHash }) as const),
    ],
  ];
}

export const currentWork = ({ steps, at }: ReviewState): StepWork | null => steps[at] ?? null;

/** The state with one step's work replaced. */
export const withWork = (state: ReviewState, work: StepWork): ReviewState => ({
  ...state,
  steps: state.steps.map((one) => (one.step.id === work.step.id ? work : one)),
});

/** A sentence for the person, until the next key. */
export const say = (state: ReviewState, hint: string): ReviewState => ({ ...state, hint });
