import type {
  ContextUse,
  Level,
  Mode,
  ModelActivity,
  ModelStatus,
  ProgramUse,
  Progress,
  RecordStatus,
} from '../../core/types.ts';
import type { Editor } from '../editor/editor.ts';
import type { Asking } from '../question/asking.ts';

/** All that the live lines at the bottom of the terminal show. */
export type View = {
  readonly editor: Editor;
  readonly mode: Mode;
  readonly level: Level;
  readonly model: ModelStatus;
  readonly branch: string;
  readonly log: RecordStatus;
  readonly activity: Activity | null;
  readonly progress: Progress | null;
  readonly program: Program | null;
  /** What a model is doing. */
  readonly talk: ModelActivity | null;
  /** How full the model's window is. */
  readonly context: ContextUse | null;
  /** What a running command wants to know; it has the caret. */
  readonly asking: Asking | null;
  /** Lines entered before they could be run. */
  readonly queued: readonly string[];
  /** One sentence in place of the status line, until the next key. */
  readonly hint: string | null;
  readonly size: Size;
};

export type Size = { readonly columns: number; readonly rows: number };

/** What runs, once it has run long enough to be news. */
export type Activity = {
  readonly name: string;
  readonly line: string;
  readonly elapsedMs: number;
};

/** The program that runs for it. */
export type Program = {
  readonly use: ProgramUse;
  /** Of one processor, lately; null as long as it was seen only once. */
  readonly cpuShare: number | null;
};

/** One thing that is said of what runs; the highest number goes first where there is no room. */
export type Part = { readonly text: string; readonly drop: number };

/** What the live lines are drawn with. */
export type Look = {
  readonly width: (text: string) => number;
  readonly isAscii: boolean;
  /** The terminal breaks its lines anew when the window gets another width. */
  readonly isReflowed: boolean;
};
