import { type Line, textOf } from '../core/display/line.ts';
import type { Look } from './live/view.ts';

/** What was drawn, and where the caret was left in it. */
export type Drawn = {
  readonly lines: readonly Line[];
  readonly caretRow: number;
  readonly caretColumn: number;
};

/**
 * Wipes live lines that the terminal has broken anew for a narrower window, and leaves the cursor
 * where they began. Row by row: tmux takes the wiping of a whole screen for a reason to keep it.
 */
export function wipeReflowed(drawn: Drawn, columns: number, look: Look): string {
  const rows = drawn.lines.map((line) => rowsOf(line, columns, look));
  const caretExtra = look.isReflowed ? Math.floor(drawn.caretColumn / columns) : 0;
  const up = sum(rows.slice(0, drawn.caretRow)) + caretExtra;
  const wipe = Array.from({ length: sum(rows) }, () => '\x1b[2K').join('\x1b[1B');
  return `${up > 0 ? `\x1b[${up}A` : ''}\r\x1b7${wipe}\x1b8`;
}

function rowsOf(line: Line, columns: number, look: Look): number {
  const cells = look.width(textOf(line).trimEnd());
  return look.isReflowed ? Math.max(1, Math.ceil(cells / columns)) : 1;
}

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
