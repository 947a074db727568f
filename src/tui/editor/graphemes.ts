import { charactersOf } from '../../core/display/characters.ts';

/** What a person sees as one character: the caret never stands inside one. */
export function nextGrapheme(text: string, at: number): number {
  if (at >= text.length) return text.length;
  if (isAscii(text, at) && (at + 1 >= text.length || isAscii(text, at + 1))) return at + 1;
  const [first] = charactersOf(text.slice(at, at + WINDOW));
  return at + (first?.length ?? 1);
}

export function previousGrapheme(text: string, at: number): number {
  if (at <= 0) return 0;
  if (isAscii(text, at - 1)) return at - 1;
  const from = windowStart(text, at);
  const last = [...charactersOf(text.slice(from, at))].at(-1);
  return at - (last?.length ?? 1);
}

/** All of a text, in order. */
export function graphemesOf(text: string): readonly string[] {
  return [...charactersOf(text)];
}

/** Longer than any character that is meant as one. */
const WINDOW = 128;

const isAscii = (text: string, at: number): boolean => text.charCodeAt(at) < 0x80;

/** An ASCII character before the caret is a sure place to begin. */
function windowStart(text: string, at: number): number {
  const limit = Math.max(0, at - WINDOW);
  for (let from = at - 1; from > limit; from--) {
    if (isAscii(text, from - 1)) return from - 1;
  }
  return limit;
}
