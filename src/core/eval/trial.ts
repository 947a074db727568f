import type { ModelWork } from '../types.ts';

/** What became of a task that was tried. */
export const TRIAL_OUTCOMES = [
  'passed',
  'failed',
  /** No outline that could be used, or nothing of it could be planned. */
  'no-plan',
  /** An edit was refused twice, and the rest of the plan did not do. */
  'edit-refused',
  /** An answer broke off in the middle, or the time for a plan was over. */
  'broken-off',
  /** The plan was there and could not be carried out. */
  'not-applied',
  'model-gone',
  /** These say nothing of the model. */
  'skipped',
  'broken-task',
  'stopped',
  'crashed',
] as const;
export type TrialOutcome = (typeof TRIAL_OUTCOMES)[number];

export type TrialEnd = { readonly outcome: TrialOutcome; readonly why: string };

/** One try at one task. */
export type Trial = TrialEnd & {
  readonly task: string;
  readonly language: string;
  readonly command: string;
  /** From 1. */
  readonly run: number;
  readonly tookMs: number;
  /** Until there was a plan, or none. */
  readonly planMs: number;
  readonly work: ModelWork;
  /** Steps that the model wanted and that are not taken here: they run programs. */
  readonly leftOut: number;
};

export const NO_WORK: ModelWork = {
  requests: 0,
  promptTokens: 0,
  answerTokens: 0,
  cached: 0,
  edits: [],
};

/** Whether it counts in the rates. */
export const isMeasured = ({ outcome }: TrialEnd): boolean =>
  !['skipped', 'broken-task', 'stopped', 'crashed'].includes(outcome);
