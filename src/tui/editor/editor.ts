import type { Completion } from '../../runtime/session-type.ts';
import { type Draft, EMPTY } from './draft.ts';
import type { Frame } from './rows.ts';

/** All that the prompt is: plain data that `press` turns into the next one. */
export type Editor = {
  readonly draft: Draft;
  /** The column that Up and Down keep to. */
  readonly goal: number | null;
  readonly past: readonly Draft[];
  readonly future: readonly Draft[];
  /** What was killed, newest last. */
  readonly ring: readonly string[];
  readonly last: LastAct;
  readonly browsing: Browsing | null;
  readonly search: Search | null;
  readonly menu: Menu | null;
  /** The first key of a chord of two. */
  readonly prefix: string | null;
  /** Ctrl+C was pressed with nothing to cancel or clear. */
  readonly isLeaveAsked: boolean;
};

/** What the last key did, where the next one goes on with it. */
export type LastAct =
  | { readonly kind: 'other' | 'typed' | 'killed-left' | 'killed-right' }
  | { readonly kind: 'yanked'; readonly from: number; readonly to: number; readonly at: number };

/** `index` counts in the history; the draft is what was being written before. */
type Browsing = { readonly index: number; readonly draft: Draft };

/** `index` is the line that was found, -1 where none is. */
export type Search = { readonly query: string; readonly index: number; readonly draft: Draft };

/** `base` is the draft before; `selected` -1 until one is chosen. */
export type Menu = {
  readonly items: readonly Completion[];
  readonly selected: number;
  readonly base: Draft;
};

/** What the prompt knows of the world around it. */
export type Surroundings = {
  /** Lines entered before, newest last. */
  readonly history: readonly string[];
  readonly frame: Frame;
  readonly isRunning: boolean;
};

/** What the prompt wants done that is beyond it. */
export type Ask =
  | { readonly kind: 'submit'; readonly line: string }
  | { readonly kind: 'complete'; readonly draft: Draft }
  | { readonly kind: 'cancel' | 'leave' | 'open-editor' | 'redraw' | 'suspend' };

export type Pressed = { readonly editor: Editor; readonly ask: Ask | null };

export const NEW_EDITOR: Editor = {
  draft: EMPTY,
  goal: null,
  past: [],
  future: [],
  ring: [],
  last: { kind: 'other' },
  browsing: null,
  search: null,
  menu: null,
  prefix: null,
  isLeaveAsked: false,
};

const MAX_UNDO = 200;
const MAX_UNDO_CHARACTERS = 2_000_000;

/** The next editor after a change of text; `last` says whether it joins the change before. */
export function changed(editor: Editor, draft: Draft, last: LastAct, joins = false): Editor {
  if (draft.text === editor.draft.text) return moved(editor, draft.caret);
  const past = joins ? editor.past : bounded([...editor.past, editor.draft]);
  return { ...editor, draft, past, future: [], goal: null, last };
}

export function moved(editor: Editor, caret: number): Editor {
  return {
    ...editor,
    draft: { ...editor.draft, caret },
    goal: null,
    last: { kind: 'other' },
  };
}

/** The newest drafts, as many as may be held. */
function bounded(drafts: readonly Draft[]): readonly Draft[] {
  let characters = 0;
  const first = drafts.findLastIndex(({ text }, index) => {
    characters += text.length;
    return characters > MAX_UNDO_CHARACTERS || drafts.length - index > MAX_UNDO;
  });
  return drafts.slice(first + 1);
}
