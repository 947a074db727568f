import type { DiffRow } from '../../core/diff/diff-rows.ts';
import { drawCode, heightOfCode } from '../../core/display/draw-code.ts';
import { indent, type Line, span } from '../../core/display/line.ts';
import {
  codeAt,
  digitsOf,
  hasTwoNumbers,
  type Place,
  roomOfCode,
  textAt,
  toneOfSign,
  widthOfGutter,
} from './code-of-line.ts';
import type { FileWork } from './file-work.ts';
import type { PaneLook } from './pane-look.ts';

/** A row of a diff with one line of text. */
type SideRow = Extract<DiffRow, { kind: 'same' | 'removed' | 'added' }>;

export function heightOfSide(row: SideRow, fileAt: number, look: PaneLook): number {
  const file = look.files[fileAt];
  if (file === undefined) return 0;
  const { text, note } = textAt(file, placeOf(row), look.surface);
  return heightOfCode({ text, note }, roomOfCode(file, look), look.surface);
}

export function drawSide(
  row: SideRow,
  fileAt: number,
  look: PaneLook,
  from: number,
  count: number,
): readonly Line[] {
  const file = look.files[fileAt];
  if (file === undefined) return [];
  const place = placeOf(row);
  const width = widthOfGutter(file, look);
  const lines = drawCode(
    codeAt(file, fileAt, place, look),
    roomOfCode(file, look),
    look.surface,
    from,
    count,
  );
  const gutter = gutterOf(row, file, look);
  return lines.map((line, at) => [
    at === 0 && from === 0 ? span(gutter, toneOfSign(file, place)) : indent(width),
    ...line,
  ]);
}

function placeOf(row: SideRow): Place {
  switch (row.kind) {
    case 'same':
      return { side: 'after', line: row.after, twin: null, hunk: null };
    case 'removed':
      return { side: 'before', line: row.before, twin: row.twin, hunk: row.hunk };
    case 'added':
      return { side: 'after', line: row.after, twin: row.twin, hunk: row.hunk };
    default:
      return row satisfies never;
  }
}

/** Both numbers and the sign; in a narrow pane the number of its own side. */
function gutterOf(row: SideRow, file: FileWork, look: PaneLook): string {
  const digits = digitsOf(file);
  const number = (line: number | null) => (line === null ? '' : String(line + 1)).padStart(digits);
  const before = row.kind === 'added' ? null : row.before;
  const after = row.kind === 'removed' ? null : row.after;
  const numbers = hasTwoNumbers(look)
    ? `${number(before)} ${number(after)}`
    : number(after ?? before);
  const sign = { same: ' ', removed: '-', added: '+' }[row.kind];
  return `${numbers} ${sign} `;
}
