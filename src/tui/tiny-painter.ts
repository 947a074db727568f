import { type Coloring, paintLine } from '../core/display/paint.ts';
import { type Live, layoutLive, linesOf } from './live/layout-live.ts';
import type { Look, View } from './live/view.ts';
import { type Painter, SYNC_OFF, SYNC_ON } from './painter.ts';
import { type Drawn, wipeReflowed } from './wipe-reflowed.ts';

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
      const wipe = drawn === null ? '' : wipeReflowed(drawn, view.size.columns, look);
      write(SYNC_ON + wipe + draw(view) + SYNC_OFF);
    },
    erase() {
      write(`${take()}\r\x1b[J`);
    },
    forget() {
      drawn = null;
    },
  };
}

const toTop = ({ caretRow }: Drawn): string => (caretRow > 0 ? `\x1b[${caretRow}A` : '');

/** From the end of the last line to the caret. */
function toCaret({ caret }: Live, height: number): string {
  const up = height - 1 - caret.row;
  const right = caret.column > 0 ? `\x1b[${caret.column}C` : '';
  return `${up > 0 ? `\x1b[${up}A` : ''}\r${right}`;
}
