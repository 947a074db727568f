import { indentOf, isBlank, plainTypography } from './canonical.ts';
import type { Place } from './find-places.ts';

/** The lines above a place that a reply names, and the places that they choose. */

/** The line at which a chain of anchors ends, for every way to read it; empty where one is missing. */
export function findAnchors(
  texts: readonly string[],
  anchors: readonly string[],
): readonly number[] {
  let ends: readonly number[] = [-1];
  for (const anchor of anchors) {
    const all = occurrences(texts, anchor);
    if (all.length === 0) return [];
    const next = ends.flatMap((end) =>
      end < 0 ? all : all.filter((line) => line > end).slice(0, 1),
    );
    ends = [...new Set(next)];
  }
  return ends[0] === -1 ? [] : ends;
}

/** Whole lines before beginnings before parts, whatever the white space. */
function occurrences(texts: readonly string[], anchor: string): readonly number[] {
  const wanted = squash(anchor);
  if (wanted === '') return [];
  const { keys, found } = memoryOf(texts);
  const known = found.get(wanted) ?? search(keys, wanted);
  found.set(wanted, known);
  return known;
}

function search(keys: readonly string[], wanted: string): readonly number[] {
  const tests: readonly ((key: string) => boolean)[] = [
    (key) => key === wanted,
    (key) => key.startsWith(wanted) && !/\w/.test(key[wanted.length] ?? ''),
    (key) => wanted.length >= MIN_PART && key.includes(wanted),
  ];
  for (const test of tests) {
    const lines = keys.flatMap((key, at) => (test(key) ? [at] : []));
    if (lines.length > 0) return lines.length > MAX_ANCHORS ? [] : lines;
  }
  return [];
}

/** Every anchor of a reply asks for the same lines, and often for the same anchor. */
type Memory = { readonly keys: readonly string[]; readonly found: Map<string, readonly number[]> };
const memories = new WeakMap<readonly string[], Memory>();

function memoryOf(texts: readonly string[]): Memory {
  const known = memories.get(texts);
  if (known !== undefined) return known;
  const made: Memory = { keys: texts.map(squash), found: new Map() };
  memories.set(texts, made);
  return made;
}

const MIN_PART = 4;
/** A line that stands so often chooses nothing. */
const MAX_ANCHORS = 40;
const squash = (line: string): string => plainTypography(line).trim().replace(/\s+/g, ' ');

/** Of several places the one that the anchor chooses; empty where it cannot tell. */
export function chooseByAnchors(
  texts: readonly string[],
  anchorLines: readonly number[],
  places: readonly Place[],
): readonly Place[] {
  const chosen = new Set<Place>();
  for (const anchor of anchorLines) {
    const found = chooseByAnchor(texts, anchor, places);
    if (found === 'none') continue;
    if (found === 'several') return [];
    chosen.add(found);
  }
  return chosen.size === 1 ? [...chosen] : [];
}

function chooseByAnchor(
  texts: readonly string[],
  anchor: number,
  places: readonly Place[],
): Place | 'several' | 'none' {
  const holding = places.filter(({ start, end }) => start <= anchor && anchor < end);
  if (holding.length > 0) return only(holding);
  const behind = places.filter(({ start }) => start > anchor);
  for (const end of [bodyEnd(texts, anchor), blockEnd(texts, anchor)]) {
    const inside = behind.filter(({ start }) => start < end);
    if (inside.length > 0) return only(inside);
  }
  return behind.length === 0 ? 'none' : only(behind);
}

const only = (places: readonly Place[]): Place | 'several' =>
  places.length === 1 ? (places[0] as Place) : 'several';

/** Behind the last line that belongs to what the anchor opens: deeper lines, or a section's. */
function bodyEnd(texts: readonly string[], anchor: number): number {
  const opener = texts[anchor] ?? '';
  const heading = /^(#+)\s/.exec(opener);
  if (heading) return nextLine(texts, anchor, (line) => isHeading(line, heading[1]?.length ?? 1));
  if (/^\s*\[.*\]\s*$/.test(opener)) return nextLine(texts, anchor, (line) => /^\s*\[/.test(line));
  const depth = indentOf(opener).length;
  let hasBody = false;
  return nextLine(texts, anchor, (line) => {
    const isDeeper = indentOf(line).length > depth;
    // A brace on a line of its own opens the body, and a list may stand as deep as its key.
    const isOpening = !hasBody && /^\s*[{(]/.test(line);
    const isItem = /:\s*$/.test(opener) && /^\s*-\s/.test(line) && indentOf(line).length === depth;
    if (isDeeper || isItem) hasBody = true;
    return !isDeeper && !isOpening && !isItem;
  });
}

const isHeading = (line: string, level: number): boolean => {
  const found = /^(#+)\s/.exec(line);
  return found !== null && (found[1]?.length ?? 0) <= level;
};

/** Behind the last line of the block in which the anchor itself stands. */
function blockEnd(texts: readonly string[], anchor: number): number {
  const depth = indentOf(texts[anchor] ?? '').length;
  return nextLine(texts, anchor, (line) => indentOf(line).length < depth);
}

function nextLine(
  texts: readonly string[],
  from: number,
  isEnd: (line: string) => boolean,
): number {
  for (let at = from + 1; at < texts.length; at += 1) {
    const line = texts[at] as string;
    if (!isBlank(line) && isEnd(line)) return at;
  }
  return texts.length;
}
