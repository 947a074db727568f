import { draftOf } from './draft.ts';
import { type Editor, moved, type Surroundings } from './editor.ts';
import { cellOf, indexAt, layoutRows } from './rows.ts';

/** Up and Down: by rows, and beyond the first and the last row through the history. */
export function moveVertically(editor: Editor, by: -1 | 1, around: Surroundings): Editor {
  const { text, caret } = editor.draft;
  const rows = layoutRows(text, around.frame);
  const { row, column } = cellOf(text, rows, caret, around.frame);
  const to = row + by;
  if (to < 0 || to >= rows.length) return browse(editor, by, around.history);
  const goal = editor.goal ?? column;
  return { ...moved(editor, indexAt(text, rows, to, goal, around.frame)), goal };
}

/** The draft comes back below the newest line. */
function browse(editor: Editor, by: -1 | 1, history: readonly string[]): Editor {
  const from = editor.browsing?.index ?? history.length;
  const index = from + by;
  if (index < 0 || index > history.length) return editor;
  const kept = editor.browsing?.draft ?? editor.draft;
  const draft = index === history.length ? kept : draftOf(history[index] ?? '');
  return {
    ...moved(editor, draft.caret),
    draft,
    past: [],
    future: [],
    browsing: index === history.length ? null : { index, draft: kept },
  };
}
