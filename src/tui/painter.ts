import type { View } from './live/view.ts';

/** Draws the live lines, and finished text above them. */
export type Painter = {
  /** Finished text, whole lines or nothing, goes above; the live lines then show the view. */
  paint(finished: string, view: View): void;
  /** The window has another size; the view has it already. */
  resize(view: View): void;
  /** Takes the live lines away. The next `paint` draws them anew where the cursor then is. */
  erase(): void;
  /** The live lines are someone else's now: they stay, and the next `paint` begins below. */
  forget(): void;
};

export const SYNC_ON = '\x1b[?2026h';
export const SYNC_OFF = '\x1b[?2026l';
