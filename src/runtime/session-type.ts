import type {
  Availability,
  CageReport,
  CommandCard,
  Event,
  FileReview,
  Hunk,
  Outcome,
  Plan,
  PlanRecord,
  Result,
  State,
} from '../core/types.ts';

/** What a door holds. */
export type Session = {
  state(): State;
  subscribe(listener: () => void): () => void;
  /** `line.entered`, `cancel.asked` and `leave.asked` are what a door says. */
  send(event: Event): void;
  /** `line.entered`, and what came of that line; `text` is what the command reads as its input. */
  enter(line: string, text?: string): Promise<Result<Outcome>>;
  /** A plan as it is kept, its programs with the changes that its rehearsal saw. */
  plan(id: string): Result<PlanRecord>;
  /** What a step of it changes, for review. */
  changes(plan: Plan, step: string): Result<readonly FileReview[]>;
  /** What programs run in here. */
  cage(): Promise<CageReport>;
  hunks(before: string, after: string): readonly Hunk[];
  /** For completion; settles fast, never throws. `line` up to the caret. */
  complete(line: string, signal: AbortSignal): Promise<readonly Completion[]>;
  history(limit: number): readonly string[];
  capabilities(): readonly { readonly card: CommandCard; readonly availability: Availability }[];
  close(): Promise<void>;
};

/** Replaces `line.slice(from)`. */
export type Completion = { readonly text: string; readonly from: number; readonly note?: string };
