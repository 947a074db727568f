import type {
  AuditDraft,
  Block,
  JsonObject,
  ModelActivity,
  ProgramUse,
  Progress,
  Question,
  Risk,
  Situation,
} from '../../core/types.ts';
import type { Clock, Readers } from '../../ports.ts';
import type { Hands, TrialMaker, Writers } from '../deps.ts';

/** What acting takes: the hands, the records, and the person where there is one. */
export type Stage = {
  readonly readers: Readers;
  readonly writers: Writers;
  readonly hands: Hands;
  readonly trials: TrialMaker;
  readonly clock: Clock;
  readonly situation: Situation;
  readonly session: string;
  readonly user: string;
  readonly show: (block: Block) => void;
  readonly progress: (progress: Progress) => void;
  /** What the running program uses; null when it has ended. */
  readonly use: (use: ProgramUse | null) => void;
  /** What a model does for the running act; null when it has ended. */
  readonly talk: (activity: ModelActivity | null) => void;
  /** Null: nobody is there, or nothing was said; both mean the careful thing. */
  readonly ask: (question: Question) => Promise<string | null>;
  readonly hasPerson: boolean;
  /** False where one was looked for and none was found. */
  readonly mayHaveModel: () => boolean;
  /** A line that follows once this command has ended, as if the person had entered it. */
  readonly enterNext: (line: string) => void;
  readonly signal: AbortSignal;
};

export const draftOf = (
  { session, situation }: Pick<Stage, 'session' | 'situation'>,
  action: string,
  risk: Risk,
  details: JsonObject,
): AuditDraft => ({ session, action, mode: situation.mode, risk_level: risk, details });

/** Lets the screen breathe between two pieces of work that do not wait. */
export const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
