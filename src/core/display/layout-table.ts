import { makeVisible } from './escape.ts';
import { indent, type Line, pad, type Surface, span } from './line.ts';
import { proseColumns, wrap } from './wrap.ts';

const GAP = 2;
/** A column is not squeezed below this; a narrower window gets records instead. */
const MIN_CELL = 8;

/** Columns side by side where they fit, else one record after the other. Nothing is cut. */
export function layoutTable(
  columns: readonly string[],
  rawRows: readonly (readonly string[])[],
  surface: Surface,
): readonly Line[] {
  const headers = columns.map((name) => makeVisible(name, surface.isAscii));
  const rows = rawRows.map((row) => row.map((cell) => makeVisible(cell, surface.isAscii)));
  if (surface.isPlain) return rows.flatMap((row) => speak(headers, row, surface));
  const widths = shareWidths(naturalWidths(headers, rows, surface), surface.columns);
  if (widths === null) return rows.flatMap((row) => record(headers, row, surface));
  const heading = headers.some((name) => name !== '') ? [headers] : [];
  return [
    ...heading.flatMap((row) => drawRow(row, widths, 'dim', surface)),
    ...rows.flatMap((row) => drawRow(row, widths, 'plain', surface)),
  ];
}

function naturalWidths(
  headers: readonly string[],
  rows: readonly (readonly string[])[],
  surface: Surface,
): readonly number[] {
  return headers.map((name, column) =>
    [name, ...rows.map((row) => row[column] ?? '')]
      .flatMap((cell) => cell.split('\n'))
      .reduce((widest, line) => Math.max(widest, surface.width(line)), 0),
  );
}

/** Takes from the widest columns until all fit; null when they cannot. */
function shareWidths(natural: readonly number[], columns: number): readonly number[] | null {
  const widths = [...natural];
  const room = columns - GAP * Math.max(0, widths.length - 1);
  let excess = widths.reduce((sum, width) => sum + width, 0) - room;
  while (excess > 0) {
    const widest = Math.max(...widths);
    if (widest <= MIN_CELL) return null;
    const next = Math.max(MIN_CELL, ...widths.filter((width) => width < widest));
    const at = widths.flatMap((width, index) => (width === widest ? [index] : []));
    const step = Math.max(1, Math.min(widest - next, Math.ceil(excess / at.length)));
    for (const index of at) {
      if (excess <= 0) break;
      const taken = Math.min(step, excess);
      widths[index] = widest - taken;
      excess -= taken;
    }
  }
  return widths;
}

function drawRow(
  row: readonly string[],
  widths: readonly number[],
  tone: 'plain' | 'dim',
  surface: Surface,
): readonly Line[] {
  const cells = widths.map((width, column) => wrap(row[column] ?? '', width, surface));
  const height = Math.max(1, ...cells.map((rows) => rows.length));
  return Array.from({ length: height }, (_, at) =>
    widths.flatMap((width, column): Line => {
      const text = cells[column]?.[at] ?? '';
      const isLast = column === widths.length - 1;
      return isLast ? [span(text, tone)] : [span(pad(text, width, surface), tone), indent(GAP)];
    }),
  );
}

/** The first cell, and the others by name below it. */
function record(
  headers: readonly string[],
  row: readonly string[],
  surface: Surface,
): readonly Line[] {
  const columns = proseColumns(surface);
  const head = wrap(row[0] ?? '', columns, surface).map((text): Line => [span(text)]);
  const others = headers.slice(1).flatMap((name, index) => {
    const cell = row[index + 1] ?? '';
    if (cell === '') return [];
    const rows = wrap(`${name}: ${cell}`, columns - GAP, surface);
    return rows.map((text): Line => [indent(GAP), span(text, 'dim')]);
  });
  return [...head, ...others];
}

function speak(
  headers: readonly string[],
  row: readonly string[],
  surface: Surface,
): readonly Line[] {
  const parts = headers.flatMap((name, index) => {
    const cell = row[index] ?? '';
    return cell === '' ? [] : [index === 0 || name === '' ? cell : `${name} ${cell}`];
  });
  return wrap(parts.join(', '), proseColumns(surface), surface).map((text) => [span(text)]);
}
