import type { Tone } from '../types.ts';

/** A piece of one line in one tone. Its text is escaped and has no newline. */
export type Span = {
  readonly text: string;
  readonly tone: Tone;
  /** What it is in a language; a colour that only helps the eye, in place of the tone's. */
  readonly ink?: Ink;
  readonly isUnderlined?: boolean;
  /** Colours change places. */
  readonly isInverse?: boolean;
  /** The column, from 0, in which it begins whatever the terminal made of what stands before. */
  readonly at?: number;
};
/** What is told apart in program text. */
export type Ink = 'keyword' | 'string' | 'comment' | 'number';
export type Line = readonly Span[];

/** What a layout is made for. */
export type Surface = {
  /** Infinity where nothing is to be wrapped, as in a pipe. */
  readonly columns: number;
  /** How many cells a text takes. */
  readonly width: (text: string) => number;
  readonly isAscii: boolean;
  /** Words for symbols and no alignment, for ears and for the dumbest terminals. */
  readonly isPlain: boolean;
};

export const span = (text: string, tone: Tone = 'plain'): Span => ({ text, tone });

export const textOf = (line: Line): string => line.map(({ text }) => text).join('');

/** Fills with spaces up to so many cells. */
export function pad(text: string, cells: number, surface: Surface): string {
  return text + ' '.repeat(Math.max(0, cells - surface.width(text)));
}

export const indent = (cells: number): Span => span(' '.repeat(cells));
