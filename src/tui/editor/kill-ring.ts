import { insert, replace } from './draft.ts';
import { changed, type Editor } from './editor.ts';
import type { Move } from './moves.ts';

const MAX_RING = 30;

/** Deletes up to where a move goes; kills in a row are one text. */
export function kill(editor: Editor, move: Move): Editor {
  const { text, caret } = editor.draft;
  const to = move(editor.draft);
  const [from, until] = to < caret ? [to, caret] : [caret, to];
  if (from === until) return editor;
  const kind = to < caret ? 'killed-left' : 'killed-right';
  const killed = text.slice(from, until);
  const isSequel = editor.last.kind === kind;
  const newest = isSequel ? (editor.ring.at(-1) ?? '') : '';
  const joined = kind === 'killed-left' ? killed + newest : newest + killed;
  const older = isSequel ? editor.ring.slice(0, -1) : editor.ring;
  const ring = [...older, joined].slice(-MAX_RING);
  return { ...changed(editor, replace(editor.draft, from, until, ''), { kind }), ring };
}

export function yank(editor: Editor): Editor {
  const at = editor.ring.length - 1;
  const text = editor.ring[at];
  if (text === undefined) return editor;
  const from = editor.draft.caret;
  const draft = insert(editor.draft, text);
  return changed(editor, draft, { kind: 'yanked', from, to: draft.caret, at });
}

/** Directly after a yank: what was killed before that instead. */
export function yankOlder(editor: Editor): Editor {
  if (editor.last.kind !== 'yanked' || editor.ring.length === 0) return editor;
  const { from, to } = editor.last;
  const at = (editor.last.at - 1 + editor.ring.length) % editor.ring.length;
  const draft = replace(editor.draft, from, to, editor.ring[at] ?? '');
  return changed(editor, draft, { kind: 'yanked', from, to: draft.caret, at }, true);
}
