import { layoutEntry } from '../core/display/layout.ts';
import type { Surface } from '../core/display/line.ts';
import { type Coloring, paintLines } from '../core/display/paint.ts';
import { standsApart } from '../core/display/stands-apart.ts';
import type { Entry } from '../core/types.ts';

/**
 * Entries as finished text, whole lines, below what was printed last. What was entered and
 * headings stand apart from what came before them.
 */
export function printEntries(
  entries: readonly Entry[],
  last: Entry | null,
  surface: Surface,
  coloring: Coloring,
): string {
  return entries
    .map((entry, index) => {
      const mode = entry.kind === 'input' ? entry.mode : 'chat';
      const text = paintLines(layoutEntry(entry, surface), coloring, mode);
      return isApart(entry, entries[index - 1] ?? last) ? `\n${text}` : text;
    })
    .join('');
}

function isApart(entry: Entry, before: Entry | null): boolean {
  if (entry.kind === 'input') return true;
  return before?.kind === 'block' && standsApart(entry.block, before.block);
}
