import type { DiffRow } from '../../core/diff/diff-rows.ts';
import { drawCode, heightOfCode } from '../../core/display/draw-code.ts';
import { indent, type Line, span, textOf } from '../../core/display/line.ts';
import {
  codeAt,
  digitsOf,
  middleOf,
  type Place,
  roomOfCode,
  textAt,
  toneOfSign,
  widthOfGutter,
} from './code-of-line.ts';
import type { FileWork } from './file-work.ts';
import type { PaneLook } from './pane-look.ts';

/** A row of a diff with a line on either side, or on one of them. */
type BesideRow = Extract<DiffRow, { kind: 'beside' | 'same' }>;

/** Which of its lines are wanted. */
type Span = { readonly from: number; readonly count: number };

export const heightOfBeside = (row: BesideRow, fileAt: number, look: PaneLook): number =>
  heightOf(halvesOf(row, fileAt, look, { from: 0, count: 0 }));

export function drawBeside(
  row: BesideRow,
  fileAt: number,
  look: PaneLook,
  from: number,
  count: number,
): readonly Line[] {
  const halves = halvesOf(row, fileAt, look, { from, count });
  const [left, right] = halves;
  return Array.from({ length: Math.min(count, heightOf(halves) - from) }, (_, at) =>
    joinHalves(left?.lines[at] ?? [], right?.lines[at] ?? [], look),
  );
}

const heightOf = (halves: readonly Half[]): number =>
  Math.max(1, ...halves.map(({ height }) => height));

function joinHalves(left: Line, right: Line, look: PaneLook): Line {
  const { surface } = look;
  const width = middleOf(look);
  const blank = Math.max(0, width - surface.width(textOf(left)));
  // The terminal may have made more or less of what stands on the left.
  return [
    ...left,
    indent(blank),
    { ...span(surface.isAscii ? ' | ' : ' │ ', 'dim'), at: width },
    ...right,
  ];
}

type Half = { readonly height: number; readonly lines: readonly Line[] };

function halvesOf(row: BesideRow, fileAt: number, look: PaneLook, wanted: Span): readonly Half[] {
  const file = look.files[fileAt];
  if (file === undefined) return [];
  return placesOf(row).map((place) =>
    place === null ? NOTHING : drawHalf(file, fileAt, place, look, wanted),
  );
}

const NOTHING: Half = { height: 1, lines: [] };

/** What stands on the left, and what on the right. */
function placesOf(row: BesideRow): readonly (Place | null)[] {
  const { before, after } = row;
  const hunk = row.kind === 'same' ? null : row.hunk;
  const isAlike = row.kind === 'beside' && row.isAlike;
  const place = (side: Place['side'], line: number | null, twin: number | null): Place | null =>
    line === null ? null : { side, line, twin: isAlike ? twin : null, hunk };
  return [place('before', before, after), place('after', after, before)];
}

function drawHalf(
  file: FileWork,
  fileAt: number,
  place: Place,
  look: PaneLook,
  { from, count }: Span,
): Half {
  const { surface } = look;
  const digits = digitsOf(file);
  const width = widthOfGutter(file, look);
  const room = roomOfCode(file, look);
  const height = heightOfCode(textAt(file, place, surface), room, surface);
  if (count === 0) return { height, lines: [] };
  const sign = place.hunk === null ? ' ' : place.side === 'before' ? '-' : '+';
  const gutter = span(
    `${String(place.line + 1).padStart(digits)} ${sign} `,
    toneOfSign(file, place),
  );
  const lines = drawCode(codeAt(file, fileAt, place, look), room, surface, from, count);
  return {
    height,
    lines: lines.map((line, at) => [at === 0 && from === 0 ? gutter : indent(width), ...line]),
  };
}
