import { isBlank, isProsePath } from './canonical.ts';
import type { Reading } from './types.ts';

/** What a model wraps around lines of code, and what these lines are without it. */

export type Cleaned = { readonly reading: Reading; readonly line?: number };

/** Other ways to read the lines, for when they fit nowhere as they stand. */
export function otherReadings(reading: Reading, path: string): readonly Cleaned[] {
  const unwrapped = takeFencesOff(reading, path);
  const cleaned = [takeNumbersOff, takeSignsOff, takeEntitiesOff].flatMap((take) => {
    const found = take(unwrapped ?? reading);
    return found === null ? [] : [found];
  });
  return unwrapped === null ? cleaned : [{ reading: unwrapped }, ...cleaned];
}

const isFence = (line: string | undefined): boolean =>
  /^\s*(`{3,}|~{3,})[\w-]*\s*$/.test(line ?? '');

/** A part that is fenced as a whole; in prose fences are content, but for those around prose itself. */
function takeFencesOff({ search, replacement }: Reading, path: string): Reading | null {
  if (isProsePath(path) && /\.[^/]+$/.test(path)) {
    const parts = [search, replacement].filter((lines) => !lines.every(isBlank));
    const isWrapped = (lines: readonly string[]) =>
      /^\s*(?:`{3,}|~{3,})(?:md|mdx|markdown)\s*$/.test(lines.find((line) => !isBlank(line)) ?? '');
    if (!parts.every(isWrapped)) return null;
  }
  const inner = (lines: readonly string[]): readonly string[] | null => {
    const from = lines.findIndex((line) => !isBlank(line));
    const to = lines.findLastIndex((line) => !isBlank(line));
    return to > from && isFence(lines[from]) && isFence(lines[to])
      ? lines.slice(from + 1, to)
      : null;
  };
  const [before, after] = [inner(search), inner(replacement)];
  if (before === null && after === null) return null;
  return { search: before ?? search, replacement: after ?? replacement };
}

const NUMBERED = /^\s*(\d{1,6})(?: ?[|│→:]|\t)(?: (.*)|(.*))$/;

/** Line numbers copied from a listing: on every line of both sides, growing. */
function takeNumbersOff({ search, replacement }: Reading): Cleaned | null {
  const first = unnumber(search);
  if (first === null) return null;
  const isPlain = replacement.every((line) => !NUMBERED.test(line));
  const second = isPlain ? { lines: replacement } : unnumber(replacement);
  if (second === null) return null;
  return { reading: { search: first.lines, replacement: second.lines }, line: first.line };
}

function unnumber(lines: readonly string[]): { lines: readonly string[]; line: number } | null {
  let previous = -1;
  let line = -1;
  const out: string[] = [];
  for (const text of lines) {
    const found = NUMBERED.exec(text);
    if (found === null) {
      if (!isBlank(text)) return null;
      out.push(text);
      continue;
    }
    const number = Number(found[1]);
    if (number <= previous) return null;
    if (line < 0) line = number - out.length;
    previous = number;
    out.push(found[2] ?? found[3] ?? '');
  }
  return line < 0 ? null : { lines: out, line };
}

/** The signs of a diff in a block that is none. */
function takeSignsOff({ search, replacement }: Reading): Cleaned | null {
  const without = (lines: readonly string[], sign: string): readonly string[] | null => {
    const telling = lines.filter((line) => !isBlank(line));
    const isSigned = telling.some((line) => line.startsWith(sign));
    return isSigned && telling.every((line) => line.startsWith(sign) || line.startsWith(' '))
      ? lines.map((line) => line.slice(1))
      : null;
  };
  const before = without(search, '-');
  const after = without(replacement, '+');
  if (before === null || (after === null && replacement.length > 0)) return null;
  return { reading: { search: before, replacement: after ?? replacement } };
}

const ENTITY = /&(lt|gt|amp|quot|#39|apos);/g;
const PLAIN: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  '#39': "'",
  apos: "'",
};

/** A reply that was escaped on its way; both sides are, or neither. */
function takeEntitiesOff({ search, replacement }: Reading): Cleaned | null {
  const clean = (line: string) => line.replace(ENTITY, (_, name: string) => PLAIN[name] ?? '');
  const hasRaw = [...search, ...replacement].some((line) => /[<>]/.test(line));
  if (hasRaw || search.every((line) => line.search(ENTITY) < 0)) return null;
  return { reading: { search: search.map(clean), replacement: replacement.map(clean) } };
}

/** What never belongs into a file and yet would be written: says what, or null. */
export function findNoise(added: readonly string[], path: string): string | null {
  const telling = added.filter((line) => !isBlank(line));
  if (telling.length === 0) return null;
  const isProse = isProsePath(path) && /\.[^/]+$/.test(path);
  if (
    telling.some((line) =>
      /^\s*(<{7,9} (SEARCH|ORIGINAL|HEAD)|>{7,9} (REPLACE|UPDATED))\b/.test(line),
    )
  ) {
    return 'the markers of an edit block';
  }
  if (!isProse && telling.some((line) => /^={7}$/.test(line))) return 'the line “=======”';
  if (!isProse && telling.some((line) => /^\s*```/.test(line)) && isFence(telling[0])) {
    return 'code fences';
  }
  const listed = telling.filter((line) => /^\s*\d{1,6} ?[|│→]/.test(line)).length;
  if (listed * 2 > telling.length && !isProse) return 'line numbers';
  if (telling.every((line) => /^\+/.test(line)) && !isProse) return 'the plus signs of a diff';
  if (telling.some((line) => /[\x00-\x08\x0b\x0e-\x1f\x7f]/.test(line)))
    return 'control characters';
  return null;
}
