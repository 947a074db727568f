import type { WriteStream } from 'node:tty';
import type { Size } from './live/view.ts';

/** A pseudo-terminal may say that it has no size. */
export function sizeOf(stdout: WriteStream): Size {
  return { columns: stdout.columns || 80, rows: stdout.rows || 24 };
}

/**
 * Asks for the size now: a frame for a size that was, drawn before its signal is handled, would
 * wipe rows that are not ours.
 */
export function noticeSize(stdout: WriteStream): void {
  (stdout as { _refreshSize?: () => void })._refreshSize?.();
}
