import { type Line, span } from '../line.ts';

const MARKED = /(`+)(?!`)(.+?)(?<!`)\1(?!`)|(\*\*|__)(?=\S)(.+?)(?<=\S)\3/g;

/** Code keeps its marks, which say more than a colour; what is strong loses them. */
export function readInline(text: string): Line {
  const spans = [];
  let from = 0;
  for (const found of text.matchAll(MARKED)) {
    const [whole, ticks, , , strong] = found;
    const isWord = ticks === undefined && isInsideWord(text, found.index, whole.length);
    if (isWord) continue;
    if (found.index > from) spans.push(span(text.slice(from, found.index)));
    spans.push(ticks === undefined ? span(strong ?? '', 'strong') : span(whole, 'accent'));
    from = found.index + whole.length;
  }
  if (from < text.length || spans.length === 0) spans.push(span(text.slice(from)));
  return spans;
}

/** `__init__.py` and `2**3**4` are names and numbers. */
function isInsideWord(text: string, at: number, length: number): boolean {
  const isLetter = (character: string | undefined) => /[\p{L}\p{N}_.]/u.test(character ?? ' ');
  const behind = text[at + length];
  return (
    isLetter(text[at - 1]) ||
    (behind !== '.' && isLetter(behind)) ||
    /^__\w+__\.\w/.test(text.slice(at))
  );
}
