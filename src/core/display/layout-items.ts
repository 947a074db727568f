import type { Item } from '../types.ts';
import { makeVisible } from './escape.ts';
import { indent, type Line, pad, type Surface, span } from './line.ts';
import { MARK_TONES, MARK_WORDS, symbolsOf } from './symbols.ts';
import { proseColumns, wrap } from './wrap.ts';

const GAP = 2;

/** `✓ text  detail`, details under each other, and what to do about it below. */
export function layoutItems(items: readonly Item[], surface: Surface): readonly Line[] {
  const widest = widestText(items, surface);
  return items.flatMap((item) =>
    surface.isPlain ? speak(item, surface) : draw(item, widest, surface),
  );
}

/** Texts beyond a third of the line do not push the details of all others to the right. */
function widestText(items: readonly Item[], surface: Surface): number {
  const most = Math.floor(Math.min(surface.columns, 100) / 3);
  const widths = items
    .filter(({ detail }) => detail !== undefined)
    .map(({ text }) => surface.width(makeVisible(text, surface.isAscii)))
    .filter((width) => width <= most);
  return Math.max(0, ...widths);
}

function draw(item: Item, widest: number, surface: Surface): readonly Line[] {
  const text = makeVisible(item.text, surface.isAscii);
  const mark = span(`${symbolsOf(surface)[item.mark]} `, MARK_TONES[item.mark]);
  const columns = proseColumns(surface) - GAP;
  const remedy = remedyLines(item, surface);
  const detail = makeVisible(item.detail ?? '', surface.isAscii);
  const column = Math.max(widest, surface.width(text)) + GAP;
  if (detail === '' || text.includes('\n') || columns - column < MIN_DETAIL) {
    const rows = wrap(detail === '' ? text : `${text}  ${detail}`, columns, surface);
    return [...hang(mark, rows), ...remedy];
  }
  const [first = '', ...more] = wrap(detail, columns - column, surface);
  return [
    [mark, span(pad(text, column, surface)), span(first, 'dim')],
    ...more.map((row): Line => [indent(GAP + column), span(row, 'dim')]),
    ...remedy,
  ];
}

/** Fewer cells than this are no place for a detail. */
const MIN_DETAIL = 16;

const hang = (mark: Line[number], rows: readonly string[]): readonly Line[] =>
  rows.map((row, index) => [index === 0 ? mark : indent(GAP), span(row)]);

function remedyLines({ remedy }: Item, surface: Surface): readonly Line[] {
  if (remedy === undefined) return [];
  const rows = wrap(makeVisible(remedy, surface.isAscii), proseColumns(surface) - 2 * GAP, surface);
  return rows.map((row, index) => [
    index === 0 ? span(`  ${symbolsOf(surface).prompt} `, 'dim') : indent(2 * GAP),
    span(row),
  ]);
}

function speak({ mark, text, detail, remedy }: Item, surface: Surface): readonly Line[] {
  const sentence = [text, detail].filter((part) => part !== undefined).join(', ');
  const what = `${MARK_WORDS[mark]}${sentence}`;
  const all = remedy === undefined ? what : `${what}\n  what to do: ${remedy}`;
  return wrap(makeVisible(all, surface.isAscii), proseColumns(surface), surface).map((row) => [
    span(row),
  ]);
}
