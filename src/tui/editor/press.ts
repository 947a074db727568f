import { chordOf, type Key } from '../keys/key.ts';
import { closeMenu, cycle } from './completion.ts';
import { EMPTY, replace } from './draft.ts';
import { edit, put } from './edit.ts';
import {
  type Ask,
  changed,
  type Editor,
  NEW_EDITOR,
  type Pressed,
  type Surroundings,
} from './editor.ts';
import { commandOf, type EditCommand, PREFIXES } from './keymap.ts';
import { closeSearch, pressInSearch } from './search.ts';

/** One key at the prompt: what the prompt is then, and what it wants done. */
export function press(before: Editor, key: Key, around: Surroundings): Pressed {
  const { isLeaveAsked } = before;
  const editor = isLeaveAsked ? { ...before, isLeaveAsked: false } : before;
  if (editor.search !== null) {
    const searched = pressInSearch(editor, editor.search, key, around.history);
    return searched === null ? press(closeSearch(editor), key, around) : only(searched);
  }
  if (key.kind !== 'key') return only(put(withoutMenu(editor), key));
  const chord = editor.prefix === null ? chordOf(key) : `${editor.prefix} ${chordOf(key)}`;
  if (editor.prefix === null && PREFIXES.has(chord)) return only({ ...editor, prefix: chord });
  const command = commandOf(chord);
  const ready = editor.prefix === null ? editor : { ...editor, prefix: null };
  if (command === null) return only(ready);
  return perform(command, ready, around, isLeaveAsked);
}

function perform(
  command: EditCommand,
  editor: Editor,
  around: Surroundings,
  isLeaveAsked: boolean,
): Pressed {
  const { draft, menu } = editor;
  switch (command) {
    case 'complete':
      return menu === null
        ? ask(editor, { kind: 'complete', draft })
        : only(cycle(editor, menu, 1));
    case 'complete-back':
      return only(menu === null ? editor : cycle(editor, menu, -1));
    case 'close':
      return only(menu === null ? editor : closeMenu(editor, menu));
    case 'enter':
      return enter(editor);
    case 'interrupt':
      return interrupt(editor, around, isLeaveAsked);
    case 'delete-right-or-leave':
      return draft.text === ''
        ? ask(editor, { kind: 'leave' })
        : only(edit('delete-right', withoutMenu(editor), around));
    case 'open-editor':
    case 'redraw':
    case 'suspend':
      return ask(withoutMenu(editor), { kind: command });
    default:
      return only(edit(command, withoutMenu(editor), around));
  }
}

/** A backslash before Enter, or an item chosen from the list, keeps the prompt open. */
function enter(editor: Editor): Pressed {
  const { draft, menu } = editor;
  if (menu !== null && menu.selected >= 0) return only({ ...editor, menu: null });
  if (draft.text[draft.caret - 1] === '\\') {
    const joined = replace(draft, draft.caret - 1, draft.caret, '\n');
    return only(changed(withoutMenu(editor), joined, { kind: 'other' }));
  }
  if (draft.text.trim() === '') return only({ ...NEW_EDITOR, ring: editor.ring });
  return ask({ ...NEW_EDITOR, ring: editor.ring }, { kind: 'submit', line: draft.text });
}

/** Cancels what runs, else clears, else asks whether to leave, and then leaves. */
function interrupt(editor: Editor, around: Surroundings, isLeaveAsked: boolean): Pressed {
  if (around.isRunning) return ask(withoutMenu(editor), { kind: 'cancel' });
  if (isLeaveAsked) return ask(editor, { kind: 'leave' });
  if (editor.draft.text === '') return only({ ...editor, isLeaveAsked: true });
  return only({ ...changed(editor, EMPTY, { kind: 'other' }), browsing: null, menu: null });
}

const withoutMenu = (editor: Editor): Editor =>
  editor.menu === null ? editor : { ...editor, menu: null };

const only = (editor: Editor): Pressed => ({ editor, ask: null });
const ask = (editor: Editor, wanted: Ask): Pressed => ({ editor, ask: wanted });
