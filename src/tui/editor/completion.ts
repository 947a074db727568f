import type { Completion } from '../../runtime/session-type.ts';
import { type Draft, replace } from './draft.ts';
import { changed, type Editor, type Menu } from './editor.ts';

const MAX_ITEMS = 200;

/** What came for a Tab. A draft that has changed meanwhile is left alone. */
export function offer(editor: Editor, draft: Draft, found: readonly Completion[]): Editor {
  if (draft.text !== editor.draft.text || draft.caret !== editor.draft.caret) return editor;
  const items = found.slice(0, MAX_ITEMS);
  const [first] = items;
  if (first === undefined) return editor;
  if (items.length === 1) return changed(editor, apply(draft, first), { kind: 'other' });
  const common = commonBeginning(draft, items);
  const base = common === null ? draft : apply(draft, common);
  const grown = changed(editor, base, { kind: 'other' });
  return { ...grown, menu: { items: rebase(items, draft, base), selected: -1, base } };
}

/** Tab and Shift+Tab in the open list. */
export function cycle(editor: Editor, menu: Menu, by: -1 | 1): Editor {
  const count = menu.items.length;
  const from = menu.selected < 0 && by < 0 ? 0 : menu.selected;
  const selected = (from + by + count) % count;
  const item = menu.items[selected];
  if (item === undefined) return editor;
  const draft = apply(menu.base, item);
  // Going round is one change, however long it takes.
  const next = changed(editor, draft, { kind: 'other' }, menu.selected >= 0);
  return { ...next, menu: { ...menu, selected } };
}

/** Esc: the list goes, and with it what it put in. */
export function closeMenu(editor: Editor, menu: Menu): Editor {
  return { ...editor, draft: menu.base, menu: null };
}

function apply(draft: Draft, { text, from }: Completion): Draft {
  return replace(draft, Math.min(from, draft.caret), draft.caret, text);
}

/** What all of them begin with, where that is more than is there. */
function commonBeginning(draft: Draft, items: readonly Completion[]): Completion | null {
  const [first] = items;
  if (first === undefined || items.some(({ from }) => from !== first.from)) return null;
  let length = first.text.length;
  for (const { text } of items) {
    while (!text.startsWith(first.text.slice(0, length))) length--;
  }
  const text = first.text.slice(0, length).replace(/[\ud800-\udbff]$/, '');
  const typed = draft.text.slice(first.from, draft.caret);
  return text.length > typed.length && text.startsWith(typed) ? { text, from: first.from } : null;
}

/** The items replace from where they did; only the caret has moved. */
function rebase(items: readonly Completion[], from: Draft, to: Draft): readonly Completion[] {
  return items.map((item) => ({ ...item, from: Math.min(item.from, from.caret, to.caret) }));
}
