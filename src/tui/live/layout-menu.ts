import { makeVisible } from '../../core/display/escape.ts';
import { indent, type Line, pad, span } from '../../core/display/line.ts';
import { symbolsOf } from '../../core/display/symbols.ts';
import { clip } from './clip.ts';
import type { Look, View } from './view.ts';

/** The completions, at most so many rows of them around the chosen one. */
export function layoutMenu(view: View, look: Look, maxRows: number): readonly Line[] {
  const { menu } = view.editor;
  if (menu === null || maxRows < 1) return [];
  const count = menu.items.length;
  const isCut = count > maxRows && maxRows > 1;
  const height = Math.min(count, isCut ? maxRows - 1 : maxRows);
  const wished = menu.selected - Math.floor(height / 2);
  const first = Math.max(0, Math.min(wished, count - height));
  const shown = menu.items.slice(first, first + height).map(({ text, note }) => ({
    text: clip(oneLine(text, look), view.size.columns - 4, look),
    note: oneLine(note ?? '', look),
  }));
  const widest = Math.max(0, ...shown.map(({ text }) => look.width(text)));
  const rows = shown.map(({ text, note }, index): Line => {
    const isChosen = first + index === menu.selected;
    const lead = isChosen ? span(`${symbolsOf(look).prompt} `, 'accent') : indent(2);
    const room = view.size.columns - 1 - 2 - widest - 2;
    const padded = pad(text, widest, { ...look, columns: Infinity, isPlain: false });
    const behind = note === '' || room < MIN_NOTE ? '' : `  ${clip(note, room, look)}`;
    return [lead, span(padded, isChosen ? 'strong' : 'plain'), span(behind, 'dim')];
  });
  const more = menu.selected < 0 ? `  ${count} in all` : `  ${menu.selected + 1} of ${count}`;
  return isCut ? [...rows, [span(more, 'dim')]] : rows;
}

const MIN_NOTE = 10;

const oneLine = (text: string, look: Look): string =>
  makeVisible(text, look.isAscii).replaceAll('\n', ' ');
