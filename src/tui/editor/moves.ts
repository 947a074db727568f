import type { Draft } from './draft.ts';
import { nextGrapheme, previousGrapheme } from './graphemes.ts';

/** Where the caret would go. */
export type Move = (draft: Draft) => number;

export const left: Move = ({ text, caret }) => previousGrapheme(text, caret);
export const right: Move = ({ text, caret }) => nextGrapheme(text, caret);

export const lineStart: Move = ({ text, caret }) => text.lastIndexOf('\n', caret - 1) + 1;

export const lineEnd: Move = ({ text, caret }) => {
  const end = text.indexOf('\n', caret);
  return end < 0 ? text.length : end;
};

export const textStart: Move = () => 0;
export const textEnd: Move = ({ text }) => text.length;

/** Behind the next word, as Alt+F goes. */
export const wordRight: Move = ({ text, caret }) => {
  const [found] = /^[^\p{L}\p{M}\p{N}_]*[\p{L}\p{M}\p{N}_]*/u.exec(text.slice(caret)) ?? [''];
  return caret + found.length;
};

/** Before the last word, as Alt+B goes. */
export const wordLeft: Move = ({ text, caret }) => before(text, caret, IS_WORD);

/** Before the last run of anything but blanks, as Ctrl+W deletes. */
export const bigWordLeft: Move = ({ text, caret }) => before(text, caret, IS_INK);

const IS_WORD = /[\p{L}\p{M}\p{N}_]/u;
const IS_INK = /\S/u;

function before(text: string, caret: number, isPart: RegExp): number {
  let at = caret;
  while (at > 0 && !isPart.test(characterBefore(text, at))) at -= characterBefore(text, at).length;
  while (at > 0 && isPart.test(characterBefore(text, at))) at -= characterBefore(text, at).length;
  return at;
}

function characterBefore(text: string, at: number): string {
  const isPair = /[\udc00-\udfff]/.test(text[at - 1] ?? '') && at > 1;
  return text.slice(isPair ? at - 2 : at - 1, at);
}
