import { layoutEntry } from '../core/display/layout.ts';
import type { Surface } from '../core/display/line.ts';
import { type Coloring, paintLines } from '../core/display/paint.ts';
import type { Entry } from '../core/types.ts';

/** Entries as finished text, whole lines; what was entered stands apart from what came before. */
export function printEntries(
  entries: readonly Entry[],
  surface: Surface,
  coloring: Coloring,
): string {
  return entries
    .map((entry) => {
      const mode = entry.kind === 'input' ? entry.mode : 'chat';
      const text = paintLines(layoutEntry(entry, surface), coloring, mode);
      return entry.kind === 'input' ? `\n${text}` : text;
    })
    .join('');
}
