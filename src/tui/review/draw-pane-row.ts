import { makeLineVisible } from '../../core/display/escape.ts';
import { indent, type Line, span } from '../../core/display/line.ts';
import { symbolsOf } from '../../core/display/symbols.ts';
import { wrap } from '../../core/display/wrap.ts';
import { warnOfMixed } from './describe-step.ts';
import { drawBeside, heightOfBeside } from './draw-beside.ts';
import { drawSide, heightOfSide } from './draw-side.ts';
import type { HunkWork } from './file-work.ts';
import { type Note, note } from './note.ts';
import type { PaneLook } from './pane-look.ts';
import { type PaneRow, sayHunk } from './pane-rows.ts';

/** How many lines a row takes. */
export function heightOfRow(pane: PaneRow, look: PaneLook): number {
  if (pane.kind === 'note') return wrapNote(pane.note, look).length;
  if (pane.kind === 'folded') return 1;
  const { row } = pane;
  switch (row.kind) {
    case 'fold':
      return 1;
    case 'hunk':
      return drawHead(pane.file, row.hunk, look).length;
    case 'beside':
      return heightOfBeside(row, pane.file, look);
    case 'same':
      return look.isSideBySide
        ? heightOfBeside(row, pane.file, look)
        : heightOfSide(row, pane.file, look);
    case 'removed':
    case 'added':
      return heightOfSide(row, pane.file, look);
    default:
      return row satisfies never;
  }
}

/** The lines of a row from one on, at most so many. */
export function drawRow(
  pane: PaneRow,
  look: PaneLook,
  from: number,
  count: number,
): readonly Line[] {
  if (pane.kind === 'note') return wrapNote(pane.note, look).slice(from, from + count);
  if (pane.kind === 'folded') return [drawFold(`${pane.lines} lines before`, look)];
  const { row } = pane;
  switch (row.kind) {
    case 'fold':
      return [drawFold(`${row.count} unchanged lines`, look)];
    case 'hunk':
      return drawHead(pane.file, row.hunk, look).slice(from, from + count);
    case 'beside':
      return drawBeside(row, pane.file, look, from, count);
    case 'same':
      return look.isSideBySide
        ? drawBeside(row, pane.file, look, from, count)
        : drawSide(row, pane.file, look, from, count);
    case 'removed':
    case 'added':
      return drawSide(row, pane.file, look, from, count);
    default:
      return row satisfies never;
  }
}

/** A note, wrapped; what continues it is indented, and nothing else begins a row. */
function wrapNote(
  { text, tone, indent: hang }: Note,
  { surface, columns }: Pick<PaneLook, 'surface' | 'columns'>,
): readonly Line[] {
  const room = Math.max(8, columns - hang);
  return wrap(makeLineVisible(text, surface.isAscii), room, surface).map((line, at) =>
    at === 0 ? [span(line, tone)] : [indent(hang), span(line, tone)],
  );
}

function drawFold(what: string, { surface }: PaneLook): Line {
  const dots = surface.isAscii ? '...' : '⋯';
  return [span(`  ${dots} ${what}, z shows them`, 'dim')];
}

/** The head of a hunk, whether it is taken, and what its lines would hide from an eye. */
function drawHead(fileAt: number, hunkAt: number, look: PaneLook): readonly Line[] {
  const file = look.files[fileAt];
  const work = file?.hunks[hunkAt];
  if (file === undefined || work === undefined) return [];
  const { isAscii } = look.surface;
  const isCurrent = look.hunk?.file === fileAt && look.hunk.hunk === hunkAt;
  const lead = isCurrent ? `${symbolsOf(look.surface).prompt} ` : '  ';
  const mark = work.isTaken ? '[x]' : '[ ]';
  const why = work.reason === '' ? '' : `: ${work.reason}`;
  const state = work.isTaken ? '' : `, left out${why}`;
  const head = note(
    `${lead}${mark} ${sayHunk(file, hunkAt, isAscii)}${state}`,
    isCurrent ? 'strong' : work.isTaken ? 'plain' : 'dim',
    6,
  );
  return [head, ...mixedWordsOf(work)].flatMap((one) => wrapNote(one, look));
}

const mixedWords = new WeakMap<HunkWork['hunk'], readonly Note[]>();

function mixedWordsOf({ hunk }: HunkWork): readonly Note[] {
  const known = mixedWords.get(hunk) ?? warnOfMixed(hunk.afterLines.join(''));
  mixedWords.set(hunk, known);
  return known.map((one) => ({ ...one, text: `      ${one.text}`, indent: 8 }));
}
