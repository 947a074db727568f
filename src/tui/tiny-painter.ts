import { type Line, textOf } from '../core/display/line.ts';
import { type Coloring, paintLine } from '../core/display/paint.ts';
import { type Live, layoutLive, linesOf } from './live/layout-live.ts';
import type { Look, View } from './live/view.ts';
import { type Painter, SYNC_OFF, SYNC_ON } from './painter.ts';

/** Draws without Ink: for the first prompt, before Ink is loaded. */
export function createTinyPainter(
  write: (data: string) => void,
  look: Look,
  coloring: Coloring,
): Painter {
  let drawn: Drawn | null = null;
  const take = (): string => {
    const taken = drawn === null ? '' : toTop(drawn);
    drawn = null;
    return taken;
  };
  const draw = (view: View): string => {
    const live = layoutLive(view, look);
    const lines = linesOf(live);
    drawn = { caretRow: live.caret.row, lines, caretColumn: live.caret.column };
    const rows = lines.map((line) => paintLine(line, coloring, view.mode));
    return rows.join('\r\n') + toCaret(live, lines.length);
  };
  return {
    paint(finished, view) {
      write(`${SYNC_ON}${take()}\r\x1b[J${finished}${draw(view)}${SYNC_OFF}`);
    },
    resize(view) {
      const extra = drawn === null ? 0 : extraRows(drawn, view.size.columns, look);
      const up = extra > 0 ? `\x1b[${extra}A` : '';
      write(`${SYNC_ON}${take()}${up}\r\x1b[J${draw(view)}${SYNC_OFF}`);
    },
    erase() {
      write(`${take()}\r\x1b[J`);
    },
    forget() {
      drawn = null;
    },
  };
}

export type Drawn = {
  readonly lines: readonly Line[];
  readonly caretRow: number;
  readonly caretColumn: number;
};

/**
 * How many rows lie above the caret more than were drawn, where the terminal breaks lines anew for
 * a narrower window.
 */
export function extraRows(drawn: Drawn, columns: number, look: Look): number {
  if (!look.isReflowed) return 0;
  const above = drawn.lines
    .slice(0, drawn.caretRow)
    .map((line) => look.width(textOf(line).trimEnd()))
    .reduce((sum, width) => sum + Math.max(0, Math.ceil(width / columns) - 1), 0);
  return above + Math.floor(drawn.caretColumn / columns);
}

const toTop = ({ caretRow }: Drawn): string => (caretRow > 0 ? `\x1b[${caretRow}A` : '');

/** From the end of the last line to the caret. */
function toCaret({ caret }: Live, height: number): string {
  const up = height - 1 - caret.row;
  const right = caret.column > 0 ? `\x1b[${caret.column}C` : '';
  return `${up > 0 ? `\x1b[${up}A` : ''}\r${right}`;
}
