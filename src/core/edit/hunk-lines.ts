import { isBlank } from './canonical.ts';
import type { Hunk, Reading } from './types.ts';

/** The lines of one hunk of a diff, as they stand in the reply. */
export type HunkLines = {
  readonly lines: readonly string[];
  readonly hints: Omit<Hunk, 'readings' | 'finalNewline'>;
};

type Signed = { readonly sign: ' ' | '-' | '+'; readonly text: string; readonly raw: string };

/**
 * Reads signed lines. Models forget the blank before context lines, and prose may follow a diff
 * that no fence closes; so there is more than one reading, and the file tells which is right.
 */
export function readHunk({ lines, hints }: HunkLines): Hunk {
  const signed: Signed[] = [];
  let oldEnds = true;
  let newEnds = true;
  for (const raw of lines) {
    if (/^\\ ?No newline/i.test(raw)) {
      const last = signed.at(-1)?.sign;
      if (last !== '+') oldEnds = false;
      if (last !== '-') newEnds = false;
      continue;
    }
    signed.push(sign(raw));
  }
  while (signed.length > 0 && signed.at(-1)?.raw === '') signed.pop();
  const lastSigned = signed.findLastIndex(({ raw }) => /^[ +-]/.test(raw));
  const readings: [Reading, ...Reading[]] = [readingOf(signed)];
  if (signed.some(({ sign: of, raw }) => of === ' ' && raw !== '')) {
    readings.push(
      readingOf(signed.map((line) => (line.sign === ' ' ? { ...line, text: line.raw } : line))),
    );
  }
  if (lastSigned < signed.length - 1) readings.push(readingOf(signed.slice(0, lastSigned + 1)));
  const finalNewline = oldEnds === newEnds ? undefined : newEnds;
  return { ...hints, readings, ...(finalNewline === undefined ? {} : { finalNewline }) };
}

function sign(raw: string): Signed {
  const first = raw[0];
  if (first === '+' || first === '-' || first === ' ') {
    return { sign: first, text: raw.slice(1), raw };
  }
  return { sign: ' ', text: raw, raw };
}

function readingOf(signed: readonly Signed[]): Reading {
  return {
    search: signed.flatMap(({ sign: of, text }) => (of === '+' ? [] : [text])),
    replacement: signed.flatMap(({ sign: of, text }) => (of === '-' ? [] : [text])),
  };
}

export const hasNoEdit = ({ readings: [{ search, replacement }] }: Hunk): boolean =>
  search.every(isBlank) && replacement.every(isBlank);

/** What stands behind `@@`: where the hunk begins, and the heading that it stands under. */
export function readHeader(line: string): { readonly line?: number; readonly heading: string } {
  const numbered = /^@@+\s*-(\d+)(?:,\d+)?(?:\s*\+(\d+)(?:,\d+)?)?\s*(?:@@+)?\s*(.*)$/.exec(line);
  if (numbered) {
    const start = Number(numbered[1]);
    return { heading: (numbered[3] ?? '').trim(), ...(start > 0 ? { line: start } : {}) };
  }
  const heading = line
    .replace(/^@@+\s?/, '')
    .replace(/\s*@@+\s*$/, '')
    .trim();
  return { heading: /^(\.{3}|…)$/.test(heading) ? '' : heading };
}
