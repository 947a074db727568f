import type {
  CageReport,
  Failure,
  FileReview,
  Hunk,
  PlanRecord,
  Result,
} from '../../core/types.ts';

/** All that the review screen knows of plans; whoever opens it brings one. */
export type ReviewSource = {
  /** The revision that is reviewed. Asked once, when the screen opens. */
  record(): PlanRecord;
  /** What a step of the newest revision known here changes, path by path, exactly as it would. */
  changes(step: string, signal: AbortSignal): Promise<Result<readonly FileReview[]>>;
  /** What programs would run in. Asked only where the plan runs some. */
  cage(): Promise<CageReport>;
  /** Where two texts differ; for what a person has edited. */
  hunks(before: string, after: string): readonly Hunk[];
  /**
   * Keeps a new revision in which the named steps write these contents and all else is as it was;
   * returns the record with that revision. `changed` where the newest one is no longer `planHash`.
   */
  amend(amendment: Amendment, signal: AbortSignal): Promise<Result<PlanRecord>>;
  /** Approves these steps of exactly this revision. */
  approve(wish: ApprovalWish): Promise<Result<void>>;
  reject(reason: string): Promise<Result<void>>;
  /** Why no model could write anything anew now; null where one may. Asked once. */
  cannotSendBack(): string | null;
};

export type Amendment = {
  readonly planHash: string;
  readonly contents: readonly AmendedContent[];
  /** What was left out and why, in words. */
  readonly reason: string;
};
/** A step of one file, and all that the file shall hold. */
export type AmendedContent = {
  readonly step: string;
  readonly path: string;
  readonly content: string;
};

export type ApprovalWish = {
  readonly planHash: string;
  readonly steps: readonly string[];
  /** Every critical step among them was named by hand, with its word. */
  readonly isNamed: boolean;
  readonly reason: string;
};

/** How a review came to its end. */
export type ReviewEnd =
  | { readonly kind: 'approved'; readonly planHash: string; readonly steps: readonly string[] }
  | { readonly kind: 'rejected'; readonly reason: string }
  /** Nothing was decided, but the plan shall be rehearsed and then reviewed again. */
  | { readonly kind: 'rehearse' }
  /** Nothing was decided: a model is to write this anew, and then it is reviewed again. */
  | {
      readonly kind: 'sent-back';
      readonly planHash: string;
      readonly sent: readonly SentBack[];
    }
  /** Nothing was decided. */
  | { readonly kind: 'closed' }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** Hunks of a step that are refused, counted from 1 as the plan has them, and why. */
export type SentBack = {
  readonly step: string;
  readonly hunks: readonly number[];
  readonly why: string;
};
