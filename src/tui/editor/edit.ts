import type { Key } from '../keys/key.ts';
import { insert, replace } from './draft.ts';
import { changed, type Editor, moved, type Surroundings } from './editor.ts';
import { moveVertically } from './history.ts';
import type { EditCommand } from './keymap.ts';
import { kill, yank, yankOlder } from './kill-ring.ts';
import * as moves from './moves.ts';
import { openSearch } from './search.ts';
import { redo, undo } from './undo.ts';

/** The commands that only change the prompt. */
export type Edit = Exclude<
  EditCommand,
  | 'complete'
  | 'complete-back'
  | 'close'
  | 'enter'
  | 'interrupt'
  | 'delete-right-or-leave'
  | 'open-editor'
  | 'redraw'
  | 'suspend'
>;

export function edit(command: Edit, editor: Editor, around: Surroundings): Editor {
  switch (command) {
    case 'left':
    case 'right':
    case 'line-start':
    case 'line-end':
    case 'text-start':
    case 'text-end':
    case 'word-left':
    case 'word-right':
      return moved(editor, MOVES[command](editor.draft));
    case 'up':
      return moveVertically(editor, -1, around);
    case 'down':
      return moveVertically(editor, 1, around);
    case 'delete-left':
      return remove(editor, moves.left);
    case 'delete-right':
      return remove(editor, moves.right);
    case 'kill-big-word-left':
      return kill(editor, moves.bigWordLeft);
    case 'kill-word-left':
      return kill(editor, moves.wordLeft);
    case 'kill-word-right':
      return kill(editor, moves.wordRight);
    case 'kill-line-left':
      return kill(editor, moves.lineStart);
    case 'kill-line-right':
      return kill(editor, orNewline);
    case 'yank':
      return yank(editor);
    case 'yank-older':
      return yankOlder(editor);
    case 'transpose':
      return transpose(editor);
    case 'undo':
      return undo(editor);
    case 'redo':
      return redo(editor);
    case 'newline':
      return changed(editor, insert(editor.draft, '\n'), { kind: 'other' });
    case 'search-older':
    case 'search-newer':
      return openSearch(editor);
    default:
      return command satisfies never;
  }
}

const MOVES = {
  left: moves.left,
  right: moves.right,
  'line-start': moves.lineStart,
  'line-end': moves.lineEnd,
  'text-start': moves.textStart,
  'text-end': moves.textEnd,
  'word-left': moves.wordLeft,
  'word-right': moves.wordRight,
} as const;

/** At the end of a line Ctrl+K takes the newline. */
const orNewline: moves.Move = (draft) =>
  draft.text[draft.caret] === '\n' ? draft.caret + 1 : moves.lineEnd(draft);

/** Letters in a row are one change to undo, word by word; a paste is one by itself. */
export function put(editor: Editor, key: Exclude<Key, { kind: 'key' }>): Editor {
  if (key.kind === 'paste') {
    return changed(editor, insert(editor.draft, key.text), { kind: 'other' });
  }
  const joins = editor.last.kind === 'typed' && !/^\s/.test(key.text);
  return changed(editor, insert(editor.draft, key.text), { kind: 'typed' }, joins);
}

function remove(editor: Editor, move: moves.Move): Editor {
  const to = move(editor.draft);
  const { caret } = editor.draft;
  const draft = replace(editor.draft, Math.min(to, caret), Math.max(to, caret), '');
  return changed(editor, draft, { kind: 'other' });
}

/** Swaps the two characters around the caret; at the end of a line the last two. */
function transpose(editor: Editor): Editor {
  const { draft } = editor;
  const isAtEnd = draft.caret === moves.lineEnd(draft);
  const middle = isAtEnd ? moves.left(draft) : draft.caret;
  const from = moves.left({ ...draft, caret: middle });
  const to = moves.right({ ...draft, caret: middle });
  const [one, two] = [draft.text.slice(from, middle), draft.text.slice(middle, to)];
  if (one === '' || two === '' || (one + two).includes('\n')) return editor;
  return changed(editor, replace(draft, from, to, two + one), { kind: 'other' });
}
