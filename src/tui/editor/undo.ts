import type { Editor } from './editor.ts';

export function undo(editor: Editor): Editor {
  const draft = editor.past.at(-1);
  if (draft === undefined) return editor;
  return {
    ...editor,
    draft,
    past: editor.past.slice(0, -1),
    future: [...editor.future, editor.draft],
    goal: null,
    last: { kind: 'other' },
  };
}

export function redo(editor: Editor): Editor {
  const draft = editor.future.at(-1);
  if (draft === undefined) return editor;
  return {
    ...editor,
    draft,
    past: [...editor.past, editor.draft],
    future: editor.future.slice(0, -1),
    goal: null,
    last: { kind: 'other' },
  };
}
