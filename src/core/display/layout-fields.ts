import type { Field } from '../types.ts';
import { makeVisible } from './escape.ts';
import { indent, type Line, pad, type Surface, span } from './line.ts';
import { proseColumns, wrap } from './wrap.ts';

const GAP = 2;

/** `name  value  note`, values under each other. */
export function layoutFields(fields: readonly Field[], surface: Surface): readonly Line[] {
  const names = fields.map(({ name }) => makeVisible(name, surface.isAscii).replaceAll('\n', ' '));
  const widest = Math.max(0, ...names.map(surface.width));
  const isStacked = surface.isPlain || widest + GAP > surface.columns / 2;
  return fields.flatMap((field, index) => {
    const name = names[index] ?? '';
    return isStacked ? stack(name, field, surface) : align(name, widest, field, surface);
  });
}

function align(name: string, widest: number, field: Field, surface: Surface): readonly Line[] {
  const room = Math.max(1, proseColumns(surface) - widest - GAP);
  const rows = wrap(makeVisible(field.value, surface.isAscii), room, surface);
  const lines = rows.map(
    (row, index): Line => [
      index === 0 ? span(pad(name, widest, surface), 'dim') : indent(widest),
      indent(GAP),
      span(row),
    ],
  );
  return field.note === undefined ? lines : withNote(lines, rows, field.note, widest, surface);
}

/** The note stands behind the last row where there is room, else below. */
function withNote(
  lines: readonly Line[],
  rows: readonly string[],
  rawNote: string,
  widest: number,
  surface: Surface,
): readonly Line[] {
  const note = makeVisible(rawNote, surface.isAscii);
  const room = Math.max(1, proseColumns(surface) - widest - GAP);
  const last = rows.at(-1) ?? '';
  if (!note.includes('\n') && surface.width(last) + GAP + surface.width(note) <= room) {
    return [...lines.slice(0, -1), [...(lines.at(-1) ?? []), indent(GAP), span(note, 'dim')]];
  }
  const below = wrap(note, room, surface);
  return [...lines, ...below.map((row): Line => [indent(widest + GAP), span(row, 'dim')])];
}

function stack(name: string, field: Field, surface: Surface): readonly Line[] {
  const note = field.note === undefined ? '' : ` (${field.note})`;
  const text = makeVisible(`${field.value}${note}`, surface.isAscii);
  const columns = proseColumns(surface);
  if (surface.isPlain) return wrap(`${name}: ${text}`, columns, surface).map((row) => [span(row)]);
  const below = wrap(text, Math.max(1, columns - GAP), surface);
  return [[span(name, 'dim')], ...below.map((row): Line => [indent(GAP), span(row)])];
}
