import { classify, type PlaceKind, type SyntaxNode } from './classify.ts';
import type { Language } from './language.ts';

export type Place = { readonly start: number; readonly end: number; readonly kind: PlaceKind };

/** Every place where the name stands as a whole, and what it is there. */
export function findPlaces(
  language: Language,
  text: string,
  name: string,
  leafAt: (start: number, end: number) => SyntaxNode | null,
): readonly Place[] {
  return findWords(text, name, language.characters).map(({ start, end }) => {
    const leaf = leafAt(start, end);
    return {
      start,
      end,
      kind: leaf === null ? 'others' : classify(language, text, start, end, leaf),
    };
  });
}

export type Span = { readonly start: number; readonly end: number };

/** Where a word stands that no further character of a name touches. */
export function findWords(text: string, word: string, characters: string): readonly Span[] {
  const spans: Span[] = [];
  const before = new RegExp(`[${characters}]$`, 'u');
  const after = new RegExp(`^[${characters}]`, 'u');
  const startsOpen = !after.test(word);
  const endsOpen = !before.test(word);
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const end = at + word.length;
    // Two units each way hold a character beyond the first plane.
    if (!startsOpen && before.test(text.slice(Math.max(0, at - 2), at))) continue;
    if (!endsOpen && after.test(text.slice(end, end + 2))) continue;
    spans.push({ start: at, end });
    at = end - 1;
  }
  return spans;
}

/** The text with something else at these places, which are in order and apart. */
export function replaceSpans(text: string, spans: readonly Span[], replacement: string): string {
  const parts: string[] = [];
  let from = 0;
  for (const { start, end } of spans) {
    parts.push(text.slice(from, start), replacement);
    from = end;
  }
  return [...parts, text.slice(from)].join('');
}

export const lineOf = (text: string, index: number): number => {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < index; at = text.indexOf('\n', at + 1))
    line += 1;
  return line;
};
