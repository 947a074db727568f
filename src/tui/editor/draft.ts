/** A text and where the next letter goes. The caret stands between graphemes. */
export type Draft = { readonly text: string; readonly caret: number };

export const EMPTY: Draft = { text: '', caret: 0 };

/** More than anyone types; a paste beyond it is cut. */
const MAX_TEXT = 200_000;

export const draftOf = (text: string): Draft => ({ text, caret: text.length });

/** Replaces a part and puts the caret behind what came. */
export function replace(draft: Draft, from: number, to: number, by: string): Draft {
  const text = draft.text.slice(0, from) + by + draft.text.slice(to);
  return { text, caret: from + by.length };
}

export function insert(draft: Draft, text: string): Draft {
  const room = Math.max(0, MAX_TEXT - draft.text.length);
  return replace(draft, draft.caret, draft.caret, text.slice(0, room));
}
