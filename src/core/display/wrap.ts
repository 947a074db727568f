import { segment } from './graphemes.ts';
import type { Surface } from './line.ts';

/** Prose is never stretched beyond this. */
const PROSE_COLUMNS = 100;

/** How wide prose may be on a surface. */
export function proseColumns(surface: Surface): number {
  return surface.columns === Infinity ? Infinity : Math.min(surface.columns, PROSE_COLUMNS);
}

/** Wraps escaped text at words, and inside a word only where it is too long for a line. */
export function wrap(text: string, columns: number, surface: Surface): readonly string[] {
  return text.split('\n').flatMap((line) => wrapLine(line, columns, surface));
}

/** What continues a line stands under where it began. */
function wrapLine(line: string, columns: number, surface: Surface): readonly string[] {
  if (columns === Infinity || surface.width(line) <= columns) return [line.trimEnd()];
  const margin = /^ */.exec(line)?.[0] ?? '';
  const lead = margin.length < columns / 2 ? margin : '';
  const room = Math.max(1, columns - lead.length);
  const rows: string[] = [];
  let row = '';
  for (const word of line.slice(margin.length).split(/(?<= )(?! )/)) {
    if (surface.width((row + word).trimEnd()) <= room) {
      row += word;
      continue;
    }
    if (row !== '') rows.push(row);
    const pieces = cut(word, room, surface);
    rows.push(...pieces.slice(0, -1));
    row = pieces.at(-1) ?? '';
  }
  return [...rows, row].map((text) => (lead + text).trimEnd());
}

/** Cuts a word into pieces that fit. */
function cut(word: string, room: number, surface: Surface): readonly string[] {
  const pieces: string[] = [];
  let piece = '';
  let cells = 0;
  for (const part of graphemesOf(word)) {
    const width = surface.width(part);
    if (cells + width > room && piece !== '' && part !== ' ') {
      pieces.push(piece);
      piece = '';
      cells = 0;
    }
    piece += part;
    cells += width;
  }
  return [...pieces, piece];
}

function graphemesOf(text: string): Iterable<string> {
  return /^[\x20-\x7e]*$/.test(text) ? text : segment(text);
}
