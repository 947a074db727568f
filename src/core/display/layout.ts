import type { Block, Entry, Mode } from '../types.ts';
import { makeVisible } from './escape.ts';
import { measureQuickly } from './graphemes.ts';
import { layoutFailure } from './layout-failure.ts';
import { layoutFields } from './layout-fields.ts';
import { layoutItems } from './layout-items.ts';
import { layoutTable } from './layout-table.ts';
import { indent, type Line, type Surface, span } from './line.ts';
import { layoutMarkdown } from './markdown/layout-markdown.ts';
import { findMixedWords } from './mixed-script.ts';
import { symbolsOf } from './symbols.ts';
import { proseColumns, wrap } from './wrap.ts';

/** A block as lines of styled text, escaped, none wider than the surface (code excepted). */
export function layoutBlock(block: Block, given: Surface): readonly Line[] {
  const surface = { ...given, width: measureQuickly(given.width) };
  switch (block.kind) {
    case 'text':
      return wrap(clean(block.text, surface), proseColumns(surface), surface).map((row) => [
        span(row, block.tone),
      ]);
    case 'heading':
      return wrap(clean(block.text, surface), proseColumns(surface), surface).map((row) => [
        span(row, 'strong'),
      ]);
    case 'fields':
      return layoutFields(block.fields, surface);
    case 'table':
      return layoutTable(block.columns, block.rows, surface);
    case 'items':
      return layoutItems(block.items, surface);
    case 'code':
      return layoutCode(block.text, surface);
    case 'markdown':
      return layoutMarkdown(block.text, surface);
    case 'failure':
      return layoutFailure(block.failure, surface);
    default:
      return block satisfies never;
  }
}

/** What was entered keeps the mode it was entered in; `accent` is to be painted in that mode. */
export function layoutEntry(entry: Entry, surface: Surface): readonly Line[] {
  return entry.kind === 'input'
    ? layoutInput(entry.mode, entry.line, surface)
    : layoutBlock(entry.block, surface);
}

/** `chat › line`, with further lines under the first. */
function layoutInput(mode: Mode, line: string, surface: Surface): readonly Line[] {
  const lead = surface.isPlain ? `${mode}: ` : `${mode} ${symbolsOf(surface).prompt} `;
  const room = Math.max(8, surface.columns - lead.length);
  return wrap(clean(line, surface), room, surface).map((row, index) =>
    index === 0
      ? [span(lead.trimEnd(), 'accent'), span(` ${row}`, 'strong')]
      : [indent(lead.length), span(row, 'strong')],
  );
}

/** Code is not wrapped: the terminal does that, and what is copied stays as it was. */
function layoutCode(text: string, surface: Surface): readonly Line[] {
  const rows = makeVisible(withoutLastNewline(text), surface.isAscii).split('\n');
  const margin = surface.isPlain ? 0 : 2;
  const warnings = findMixedWords(text).map(
    ({ word, scripts }): Line => [
      span(
        `${surface.isPlain ? 'warning:' : '!'} ${makeVisible(word, surface.isAscii)} mixes ${scripts.join(' and ')} letters`,
        'warn',
      ),
    ],
  );
  return [...rows.map((row): Line => [indent(margin), span(row)]), ...warnings];
}

const clean = (text: string, surface: Surface): string =>
  makeVisible(withoutLastNewline(text), surface.isAscii);

const withoutLastNewline = (text: string): string =>
  text.endsWith('\n') ? text.slice(0, -1) : text;
