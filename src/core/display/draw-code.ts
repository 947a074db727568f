import type { Tone } from '../types.ts';
import { charactersOf } from './characters.ts';
import { cellOf, isPlainAscii } from './code-cells.ts';
import { type Ink, type Line, type Span, type Surface, span } from './line.ts';

/** A part of a line, in UTF-16 units. */
type Part = { readonly from: number; readonly to: number };

/** One line of program text and how it is to look. Parts are in order and do not overlap. */
export type Code = {
  /** Raw, without its terminator. */
  readonly text: string;
  /** A word behind the text, such as how it ends; escaped, or empty. */
  readonly note: string;
  readonly tone: Tone;
  readonly tokens: readonly (Part & { readonly ink: Ink })[];
  /** Underlined. */
  readonly marks: readonly Part[];
  /** Inverse: what is searched for. */
  readonly matches: readonly Part[];
  /** Which blanks are drawn as signs. */
  readonly blanks: 'no' | 'trailing' | 'all';
};

/** How many rows a line takes; it breaks wherever a row is full, and nothing is left out. */
export function heightOfCode(
  { text, note }: Pick<Code, 'text' | 'note'>,
  room: number,
  surface: Surface,
): number {
  const rows = breakCode(text, room, surface);
  return rows.length + (isNoteBelow(rows, note, room, surface) ? 1 : 0);
}

/** The rows of a line from one on, at most so many. */
export function drawCode(
  code: Code,
  room: number,
  surface: Surface,
  from = 0,
  count = Infinity,
): readonly Line[] {
  const rows = breakCode(code.text, room, surface);
  const lines: Line[] = [];
  for (let at = from; at < rows.length && lines.length < count; at++) {
    const row = rows[at];
    if (row) lines.push(drawRow(code, row, rows[at + 1]?.from ?? code.text.length, surface));
  }
  if (code.note === '' || lines.length + from < rows.length) return lines;
  const note = span(code.note, 'warn');
  if (isNoteBelow(rows, code.note, room, surface)) {
    return lines.length < count ? [...lines, [note]] : lines;
  }
  return [...lines.slice(0, -1), ...lines.slice(-1).map((line) => [...line, note])];
}

type Row = {
  /** Where it begins: in the text, and in which column of the whole line. */
  readonly from: number;
  readonly column: number;
  readonly cells: number;
  /** Null where they are the letters of the text. */
  readonly characters: readonly string[] | null;
};

function isNoteBelow(rows: readonly Row[], note: string, room: number, surface: Surface): boolean {
  return note !== '' && (rows.at(-1)?.cells ?? 0) + surface.width(note) > room;
}

function breakCode(text: string, room: number, surface: Surface): readonly Row[] {
  if (text.length <= room && isPlainAscii(text)) {
    return [{ from: 0, column: 0, cells: text.length, characters: null }];
  }
  const memory = memoryOf(surface);
  const key = `${room} ${text}`;
  const known = memory.get(key);
  if (known) return known;
  const rows = isPlainAscii(text) ? breakAscii(text, room) : breakCharacters(text, room, surface);
  if (memory.size >= MAX_REMEMBERED) memory.clear();
  memory.set(key, rows);
  return rows;
}

/** Wide and long lines as they were broken before: a scroll shows mostly the same ones. */
const MAX_REMEMBERED = 500;
const memories = new WeakMap<Surface['width'], Map<string, readonly Row[]>[]>();

function memoryOf({ width, isAscii }: Surface): Map<string, readonly Row[]> {
  const both = memories.get(width) ?? [new Map(), new Map()];
  memories.set(width, both);
  return both[isAscii ? 1 : 0] ?? new Map();
}

function breakAscii(text: string, room: number): readonly Row[] {
  return Array.from({ length: Math.ceil(text.length / room) }, (_, at) => ({
    from: at * room,
    column: at * room,
    cells: Math.min(room, text.length - at * room),
    characters: null,
  }));
}

function breakCharacters(text: string, room: number, surface: Surface): readonly Row[] {
  const rows: Row[] = [];
  let [from, start, at, column] = [0, 0, 0, 0];
  let characters: string[] = [];
  const end = (): void => {
    rows.push({ from, column: start, cells: column - start, characters });
    [from, start, characters] = [at, column, []];
  };
  for (const character of charactersOf(text)) {
    const { cells } = cellOf(character, column, surface);
    if (column + cells - start > room && characters.length > 0) end();
    characters.push(character);
    at += character.length;
    column += cells;
  }
  end();
  return rows;
}

function drawRow(code: Code, row: Row, to: number, surface: Surface): Line {
  const { text, tone, tokens, marks, matches } = code;
  const isBare = tokens.length === 0 && marks.length === 0 && matches.length === 0;
  const piece = text.slice(row.from, to);
  if (isBare && code.blanks === 'no' && isPlainAscii(piece)) return [span(piece, tone)];
  const blanksFrom = firstBlank(code);
  const styles = [follow(tokens), follow(marks), follow(matches)] as const;
  const line: Span[] = [];
  let [at, column] = [row.from, row.column];
  for (const character of row.characters ?? piece) {
    const cell = cellOf(character, column, surface);
    const isBlank = at >= blanksFrom && (character === ' ' || character === '\t');
    const [token, mark, match] = [styles[0](at), styles[1](at), styles[2](at)];
    const drawn: Span = {
      text: isBlank ? blankSign(character, cell.cells, surface) : cell.shown,
      tone: isBlank ? 'dim' : tone,
      ...(token && !isBlank ? { ink: token.ink } : {}),
      ...(mark ? { isUnderlined: true } : {}),
      ...(match ? { isInverse: true } : {}),
    };
    const last = line.at(-1);
    if (last && looksAlike(last, drawn)) {
      line[line.length - 1] = { ...last, text: last.text + drawn.text };
    } else line.push(drawn);
    at += character.length;
    column += cell.cells;
  }
  return line;
}

/** From where on blanks are drawn. */
function firstBlank({ text, blanks }: Code): number {
  if (blanks === 'all') return 0;
  return blanks === 'no' ? Infinity : text.trimEnd().length;
}

function blankSign(character: string, cells: number, { isAscii }: Surface): string {
  if (character === ' ') return isAscii ? '.' : '·';
  return (isAscii ? '>' : '→') + ' '.repeat(cells - 1);
}

/** The part that a place is in, for places that only grow. */
function follow<P extends Part>(parts: readonly P[]): (at: number) => P | null {
  let index = 0;
  return (at) => {
    while (index < parts.length && (parts[index]?.to ?? 0) <= at) index++;
    const part = parts[index];
    return part !== undefined && part.from <= at ? part : null;
  };
}

const looksAlike = (one: Span, two: Span): boolean =>
  one.tone === two.tone &&
  one.ink === two.ink &&
  one.isUnderlined === two.isUnderlined &&
  one.isInverse === two.isInverse;
