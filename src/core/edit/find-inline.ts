import { isWord } from './canonical.ts';
import type { FileIndex } from './file-index.ts';
import { findExact, type Place } from './find-places.ts';

/**
 * Every place where a text stands to the byte, also inside of lines. Whole lines, and lines that
 * differ in indentation alone, are told apart from parts of other lines: a text that is a whole
 * line here and a part of one there stands at two places.
 */
export function findInline(index: FileIndex, search: readonly string[]): readonly Place[] {
  const whole = findExact(index, search);
  const inside = findParts(index, search);
  return [...whole, ...inside].sort((a, b) => a.start - b.start);
}

const MAX_PARTS = 100;

function findParts({ file: { texts } }: FileIndex, search: readonly string[]): readonly Place[] {
  const first = search[0] ?? '';
  const last = search.at(-1) ?? '';
  if (search.length === 0 || (first + last).trim() === '') return [];
  const places: Place[] = [];
  for (let start = 0; start + search.length <= texts.length; start += 1) {
    const line = texts[start] as string;
    const found =
      search.length === 1 ? partsOf(line, first) : Number(isSplit(texts, start, search));
    for (let count = 0; count < found; count += 1) {
      const lineOf = search.map((_, at) => start + at);
      places.push({ start, end: start + search.length, lineOf, rung: 'inline' });
    }
    if (places.length >= MAX_PARTS) break;
  }
  return places;
}

/** How often the text stands inside of the line without being all of it. */
function partsOf(line: string, part: string): number {
  if (line === part || line.length < part.length) return 0;
  // The same line, indented differently: that is for the loose search to find.
  if (line.trim() === part.trim() && line.endsWith(part)) return 0;
  let count = 0;
  for (let at = line.indexOf(part); at >= 0; at = line.indexOf(part, at + 1)) {
    if (standsAlone(line, at, part.length)) count += 1;
  }
  return count;
}

/** Neither end cuts a word in two. */
function standsAlone(line: string, at: number, length: number): boolean {
  const cutsHead = isWord(line[at]) && isWord(line[at - 1]);
  const cutsTail = isWord(line[at + length - 1]) && isWord(line[at + length]);
  return !cutsHead && !cutsTail;
}

function isSplit(texts: readonly string[], start: number, search: readonly string[]): boolean {
  const head = texts[start] as string;
  const tail = texts[start + search.length - 1] as string;
  const first = search[0] as string;
  const last = search.at(-1) as string;
  if (!head.endsWith(first) || !tail.startsWith(last)) return false;
  if (head === first && tail === last) return false;
  const isIndented = head.trim() === first.trim() && tail === last;
  return (
    !isIndented &&
    search.every(
      (line, at) => at === 0 || at === search.length - 1 || texts[start + at] === line,
    ) &&
    standsAlone(head, head.length - first.length, first.length) &&
    standsAlone(tail, 0, last.length)
  );
}

/** The lines of a place in whole, before and after, for a search that is a part of them. */
export function widen(
  texts: readonly string[],
  place: Place,
  search: readonly string[],
  replacement: readonly string[],
): { readonly search: readonly string[]; readonly replacement: readonly string[] } {
  const real = texts.slice(place.start, place.end);
  const head = real[0] ?? '';
  const tail = real.at(-1) ?? '';
  if (search.length === 1) {
    const at = soleIndex(head, search[0] as string);
    const after = head.slice(at + (search[0] as string).length);
    return { search: real, replacement: wrap(head.slice(0, at), replacement, after) };
  }
  const before = head.slice(0, head.length - (search[0] as string).length);
  const after = tail.slice((search.at(-1) as string).length);
  return { search: real, replacement: wrap(before, replacement, after) };
}

function soleIndex(line: string, part: string): number {
  let at = line.indexOf(part);
  while (at >= 0 && !standsAlone(line, at, part.length)) at = line.indexOf(part, at + 1);
  return Math.max(at, 0);
}

function wrap(before: string, lines: readonly string[], after: string): readonly string[] {
  if (lines.length === 0) return [before + after];
  const last = lines.length - 1;
  return lines.map((line, at) => (at === 0 ? before : '') + line + (at === last ? after : ''));
}
