import { makeVisible } from '../../core/display/escape.ts';
import { graphemesOf } from './graphemes.ts';

/** One row on the screen: the part of the text it shows, and how that is shown. */
export type Row = { readonly from: number; readonly to: number; readonly shown: string };

/** How a text is broken into rows. */
export type Frame = {
  /** Cells for text in a row. */
  readonly room: number;
  readonly width: (text: string) => number;
  readonly isAscii: boolean;
};

export function layoutRows(text: string, frame: Frame): readonly Row[] {
  const rows: Row[] = [];
  let from = 0;
  for (const line of text.split('\n')) {
    rows.push(...breakLine(line, from, frame));
    from += line.length + 1;
  }
  return rows;
}

/** Where an index of the text stands. Between two rows it belongs to the lower one. */
export function cellOf(
  text: string,
  rows: readonly Row[],
  at: number,
  frame: Frame,
): { readonly row: number; readonly column: number } {
  const row = Math.max(
    0,
    rows.findLastIndex(({ from }) => from <= at),
  );
  const before = text.slice(rows[row]?.from ?? 0, at);
  return { row, column: frame.width(show(before, frame)) };
}

/** The index nearest to a cell, never beyond it. */
export function indexAt(
  text: string,
  rows: readonly Row[],
  row: number,
  column: number,
  frame: Frame,
): number {
  const { from, to } = rows[row] ?? { from: 0, to: 0 };
  let cells = 0;
  let at = from;
  for (const part of graphemesOf(text.slice(from, to))) {
    const width = frame.width(show(part, frame));
    if (cells + width > column) return at;
    cells += width;
    at += part.length;
  }
  // At the very end of a broken row the caret would stand on the next one.
  const isBroken = rows[row + 1]?.from === to;
  return isBroken && at === to && at > from ? to - lastLength(text.slice(from, to)) : at;
}

const lastLength = (text: string): number => graphemesOf(text).at(-1)?.length ?? 0;

// Tabs stand for two cells wherever they are, so that a row can be measured by its parts.
function show(text: string, frame: Frame): string {
  return makeVisible(text.replaceAll('\t', '  '), frame.isAscii);
}

/** Lines other than ASCII as they were broken before: mostly only one of them has changed. */
const memory = new WeakMap<Frame['width'], Map<string, readonly Row[]>>();
const MAX_REMEMBERED = 500;

/** Rows of a line that begins at nought. */
function breakWideLine(line: string, frame: Frame): readonly Row[] {
  const known = memory.get(frame.width) ?? new Map<string, readonly Row[]>();
  memory.set(frame.width, known);
  const key = `${frame.room} ${frame.isAscii} ${line}`;
  const rows = known.get(key) ?? breakGraphemes(line, frame);
  if (known.size >= MAX_REMEMBERED) known.clear();
  known.set(key, rows);
  return rows;
}

function breakLine(line: string, start: number, frame: Frame): readonly Row[] {
  if (/^[\x20-\x7e]*$/.test(line)) return breakAscii(line, start, frame.room);
  return breakWideLine(line, frame).map(({ from, to, shown }) => ({
    from: start + from,
    to: start + to,
    shown,
  }));
}

function breakGraphemes(line: string, frame: Frame): readonly Row[] {
  const rows: Row[] = [];
  const cells = new Map<string, { readonly shown: string; readonly width: number }>();
  let row = { from: 0, to: 0, shown: '', cells: 0 };
  for (const part of graphemesOf(line)) {
    const drawn = cells.get(part) ?? drawPart(part, frame);
    cells.set(part, drawn);
    if (row.cells + drawn.width > frame.room && row.to > row.from) {
      rows.push({ from: row.from, to: row.to, shown: row.shown });
      row = { from: row.to, to: row.to, shown: '', cells: 0 };
    }
    row.to += part.length;
    row.shown += drawn.shown;
    row.cells += drawn.width;
  }
  return [...rows, { from: row.from, to: row.to, shown: row.shown }];
}

function drawPart(part: string, frame: Frame): { readonly shown: string; readonly width: number } {
  const shown = show(part, frame);
  return { shown, width: frame.width(shown) };
}

function breakAscii(line: string, start: number, room: number): readonly Row[] {
  const count = Math.max(1, Math.ceil(line.length / room));
  return Array.from({ length: count }, (_, index) => {
    const shown = line.slice(index * room, (index + 1) * room);
    const from = start + index * room;
    return { from, to: from + shown.length, shown };
  });
}
