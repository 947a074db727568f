import { type Coloring, paintLine } from '../../core/display/paint.ts';
import type { Mode } from '../../core/types.ts';
import { SYNC_OFF, SYNC_ON } from '../painter.ts';
import type { Frame } from './layout-review.ts';

/** Draws whole screens into the alternate buffer, so that the scrollback is never touched. */
export type FullScreen = {
  enter(): void;
  /** `onDrawn` is told once the frame has left for the terminal. */
  draw(frame: Frame, onDrawn: () => void): void;
  /** The window has another size: nothing of what was drawn is where it was. */
  forget(): void;
  /** What gives the former screen back; empty where it is given back already. */
  leave(): string;
};

const ALTERNATE_ON = '\x1b[?1049h\x1b[?25l\x1b[H\x1b[2J';
const ALTERNATE_OFF = '\x1b[0m\x1b[?25h\x1b[?1049l';

export function createFullScreen(
  write: (data: string, onWritten: () => void) => void,
  coloring: Coloring,
  mode: Mode,
): FullScreen {
  let drawn: readonly string[] | null = null;
  let isEntered = false;

  /** Only the rows that are new. */
  function paint({ lines, caret }: Frame): string {
    const rows = lines.map((line) => paintLine(line, coloring, mode));
    const changed = rows.map((row, at) =>
      drawn !== null && drawn[at] === row ? '' : `\x1b[${at + 1};1H\x1b[2K${row}`,
    );
    const below =
      drawn === null || drawn.length > rows.length ? `\x1b[${rows.length + 1};1H\x1b[J` : '';
    drawn = rows;
    const place =
      caret === null ? '\x1b[?25l' : `\x1b[${caret.row + 1};${caret.column + 1}H\x1b[?25h`;
    return changed.join('') + below + place;
  }

  return {
    enter() {
      isEntered = true;
      drawn = null;
      write(ALTERNATE_ON, () => {});
    },
    draw(frame, onDrawn) {
      if (isEntered) write(SYNC_ON + paint(frame) + SYNC_OFF, onDrawn);
    },
    forget() {
      drawn = null;
    },
    leave() {
      if (!isEntered) return '';
      isEntered = false;
      return ALTERNATE_OFF;
    },
  };
}
