import { indent, type Line, span } from '../../core/display/line.ts';
import { symbolsOf } from '../../core/display/symbols.ts';
import { cellOf, type Frame, layoutRows } from '../editor/rows.ts';
import type { Look, View } from './view.ts';

export type PromptLayout = {
  readonly lines: readonly Line[];
  readonly caret: { readonly row: number; readonly column: number };
};

/** `chat › ` and the text, at most so many rows of it around the caret. */
export function layoutPrompt(view: View, look: Look, maxRows: number): PromptLayout {
  const lead = leadOf(view, look);
  const { text, caret } = view.editor.draft;
  const frame = frameOf(view, look);
  const rows = layoutRows(text, frame);
  const cell = cellOf(text, rows, caret, frame);
  const first = Math.max(0, Math.min(cell.row - Math.floor(maxRows / 2), rows.length - maxRows));
  const lines = rows
    .slice(first, first + maxRows)
    .map(
      ({ shown }, index): Line => [
        index === 0 ? span(lead, 'accent') : indent(lead.length),
        span(shown),
      ],
    );
  return { lines, caret: { row: cell.row - first, column: lead.length + cell.column } };
}

/** How the prompt breaks its text, which Up and Down must know. */
export function frameOf(view: View, look: Look): Frame {
  // One cell is left for the caret at the end of a row.
  const room = Math.max(1, view.size.columns - leadOf(view, look).length - 1);
  return { room, width: look.width, isAscii: look.isAscii };
}

const NARROW = 30;

function leadOf(view: View, look: Look): string {
  const { prompt } = symbolsOf(look);
  return view.size.columns < NARROW ? `${prompt} ` : `${view.mode} ${prompt} `;
}
