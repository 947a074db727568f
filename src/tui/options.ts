import type { ReadStream, WriteStream } from 'node:tty';
import type { Level, Mode } from '../core/types.ts';
import type { Session } from '../runtime/session-type.ts';
import type { ReviewEnd, ReviewSource } from './review/review-source.ts';

/** What the terminal door is opened with. */
export type TerminalOptions = {
  /** May take longer than the first prompt. */
  readonly session: Promise<Session>;
  readonly header: Header;
  readonly mode: Mode;
  readonly level: Level;
  readonly stdin: ReadStream;
  readonly stdout: WriteStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The process's own, where Ink looks for CI and must not find it. */
  readonly processEnv?: Record<string, string | undefined>;
  readonly isScreenReader: boolean;
  /** Asked for by `--plain`. */
  readonly isPlain?: boolean;
  readonly isAscii: boolean;
  /** What `$VISUAL` or `$EDITOR` would be; empty where there is none. */
  readonly editorCommand: string;
  /** Is told once how a review is shown; never where there is no screen to show it on. */
  readonly onReviews?: (show: ShowReview) => void;
  /** The last call: the terminal is as it was found, and the session is closed. */
  readonly onExit: (code: number) => void;
};

/** Shows a plan on the whole screen; settles once the person has decided, or gone back. */
export type ShowReview = (source: ReviewSource) => Promise<ReviewEnd>;

export type Header = {
  readonly version: string;
  readonly folder: string;
  readonly branch: string;
};
