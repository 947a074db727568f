import { bodyOf, terminatorOf, usualTerminator } from '../../core/diff/lines.ts';
import { differsInWhiteSpaceOnly } from '../../core/diff/white-space.ts';
import { markWords, type Range } from '../../core/diff/word-marks.ts';
import type { Code } from '../../core/display/draw-code.ts';
import type { Surface } from '../../core/display/line.ts';
import type { Tone } from '../../core/types.ts';
import type { FileWork } from './file-work.ts';
import { matchesIn } from './find-matches.ts';
import type { PaneLook } from './pane-look.ts';
import { tokensIn } from './syntax-of-file.ts';

type Side = 'before' | 'after';

/** One line of one side, and what it became or was. */
export type Place = {
  readonly side: Side;
  readonly line: number;
  readonly twin: number | null;
  /** Null where it is unchanged. */
  readonly hunk: number | null;
};

/** How many digits its line numbers have. */
export const digitsOf = ({ beforeLines, afterLines }: FileWork): number =>
  Math.max(3, String(Math.max(beforeLines.length, afterLines.length)).length);

/** Longer lines are not compared without their blanks at every frame. */
const MAX_COMPARED = 20_000;
/** Panes narrower than this number their lines once. */
const ROOMY = 50;

export const hasTwoNumbers = ({ columns }: PaneLook): boolean => columns >= ROOMY;

/** What stands before a line of text: numbers and a sign. */
export function widthOfGutter(file: FileWork, look: PaneLook): number {
  const digits = digitsOf(file);
  const numbers = !look.isSideBySide && hasTwoNumbers(look) ? 2 * digits + 1 : digits;
  return numbers + 3;
}

/** Where the right one of two halves begins. */
export const middleOf = ({ columns }: PaneLook): number => Math.floor((columns - 3) / 2);

/** The cells that a line of text has. */
export const roomOfCode = (file: FileWork, look: PaneLook): number =>
  (look.isSideBySide ? middleOf(look) : look.columns) - widthOfGutter(file, look);

const linesOf = (file: FileWork, side: Side): readonly string[] =>
  side === 'before' ? file.beforeLines : file.afterLines;

/** The text of a line, and how it ends where that is worth a word. */
export function textAt(
  file: FileWork,
  { side, line }: Place,
  surface: Surface,
): Pick<Code, 'text' | 'note'> {
  const raw = linesOf(file, side)[line] ?? '';
  const end = endOf(file, raw);
  const note = surface.isAscii ? ` <${end}>` : ` ⟨${end}⟩`;
  return { text: bodyOf(raw), note: end === '' ? '' : note };
}

const usual = new WeakMap<readonly string[], string>();

/** A line end that is not the file's usual one is said. */
function endOf({ beforeLines, afterLines }: FileWork, raw: string): string {
  const lines = beforeLines.length > 0 ? beforeLines : afterLines;
  const expected = usual.get(lines) ?? usualTerminator(lines);
  usual.set(lines, expected);
  const terminator = terminatorOf(raw);
  if (terminator === expected) return '';
  if (terminator === '') return 'no newline';
  return terminator === '\n' ? 'LF' : 'CRLF';
}

export function codeAt(file: FileWork, fileAt: number, place: Place, look: PaneLook): Code {
  const { side, line, twin, hunk } = place;
  const lines = linesOf(file, side);
  const { text, note } = textAt(file, place, look.surface);
  const other =
    twin === null
      ? null
      : bodyOf(linesOf(file, side === 'before' ? 'after' : 'before')[twin] ?? '');
  const isOut = hunk !== null && file.hunks[hunk]?.isTaken === false;
  const isBlankOnly =
    other !== null &&
    text.length + other.length < MAX_COMPARED &&
    differsInWhiteSpaceOnly(text, other);
  const isAll = look.hasBlanks || isBlankOnly;
  return {
    text,
    note,
    tone: toneOf(place, isOut),
    tokens: isOut ? [] : tokensIn(lines, line, file.review.path),
    marks: other === null ? [] : marksOf(text, other, side),
    matches: matchesIn(look.matches, { file: fileAt, side, line }),
    blanks: hunk === null ? (look.hasBlanks ? 'all' : 'no') : isAll ? 'all' : 'trailing',
  };
}

const marksOf = (text: string, other: string, side: Side): readonly Range[] =>
  side === 'before' ? markWords(text, other).before : markWords(other, text).after;

function toneOf({ side, hunk }: Place, isOut: boolean): Tone {
  if (hunk === null) return 'plain';
  if (isOut) return 'dim';
  return side === 'before' ? 'bad' : 'good';
}

export const toneOfSign = (file: FileWork, place: Place): Tone =>
  place.hunk === null ? 'dim' : toneOf(place, file.hunks[place.hunk]?.isTaken === false);
