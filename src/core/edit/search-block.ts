import { fileNameLine, type IsKnown } from './file-names.ts';
import { refuse } from './refuse.ts';
import type { Edited, Hunk, Reading } from './types.ts';

/** One search/replace block: its markers, its parts, and how else it could be cut. */
export type Block = {
  readonly hunk: Hunk;
  readonly path: string | null;
  /** The line of its last marker. */
  readonly end: number;
};

const OPEN_WORDS = 'SEARCH|ORIGINAL|OLD|FIND|BEFORE|CURRENT|HEAD';
const CLOSE_WORDS = 'REPLACED?|UPDATED?|NEW|AFTER|MODIFIED|END';
const OPENER = new RegExp(`^(\\s*)(<{3,12}|-{5,12})\\s?\\[?(${OPEN_WORDS})\\b\\]?[>:]?\\s*(.*)$`);
const CLOSER = new RegExp(`^\\s*(>{3,12}|\\+{5,12})\\s?\\[?(${CLOSE_WORDS})\\b`);
const SEPARATOR = /^\s*(={3,12})\s*(?:REPLACE|UPDATED|NEW|WITH)?\s*$/;

export function isOpener(lines: readonly string[], at: number): boolean {
  const found = OPENER.exec(lines[at] ?? '');
  if (found === null) return false;
  // A conflict that git left is an edit only where it ends as one.
  return found[3] !== 'HEAD' || findEnd(lines, at, found) !== null;
}

export function readBlock(lines: readonly string[], at: number, isKnown: IsKnown): Edited<Block> {
  const open = OPENER.exec(lines[at] ?? '');
  const indent = open?.[1]?.length ?? 0;
  const marks = open?.[2] ?? '';
  const end = open === null ? null : findEnd(lines, at, open);
  if (end === null) {
    return refuse(
      'malformed',
      'A search/replace block has no end: the line “>>>>>>> REPLACE” is missing, so the reply may be cut off. Send the whole block.',
      { line: at + 1 },
    );
  }
  const inset = lines.slice(at + 1, end).map((line) => outdent(line, indent));
  const { body, line, path } = readHead(inset, isKnown, open?.[4] ?? '');
  const cuts = findCuts(body, marks.length);
  const readings = cuts.map(
    (cut): Reading => ({ search: body.slice(0, cut), replacement: body.slice(cut + 1) }),
  );
  const [first, ...others] = readings;
  if (first === undefined) {
    return refuse(
      'malformed',
      'A search/replace block has no line “=======” between what is searched and what replaces it. Send the whole block.',
      { line: at + 1 },
    );
  }
  return {
    ok: true,
    value: {
      path,
      end,
      hunk: { readings: [first, ...others], ...(line === undefined ? {} : { line }) },
    },
  };
}

const outdent = (line: string, by: number): string =>
  line.slice(0, by).trim() === '' ? line.slice(by) : line;

/** The closing marker as long as the opening one; else the first that there is. */
function findEnd(lines: readonly string[], at: number, open: RegExpExecArray): number | null {
  const [, indent = '', marks = '', word = ''] = open;
  let other: number | null = null;
  for (let end = at + 1; end < lines.length; end += 1) {
    const line = lines[end] as string;
    const close = CLOSER.exec(line);
    const isBare = new RegExp(`^\\s*>{${marks.length}}\\s*$`).test(line);
    if (close?.[1]?.length === marks.length || isBare) return end;
    if (close) other ??= end;
    const next = OPENER.exec(line);
    const isSame = next?.[2] === marks && next[3] === word && (next[1] ?? '') === indent;
    if (isSame) break;
  }
  return other;
}

/** What some put above the search: a line number, the name of the file. */
function readHead(
  lines: readonly string[],
  isKnown: IsKnown,
  behind: string,
): { readonly body: readonly string[]; readonly line?: number; readonly path: string | null } {
  const path = fileNameLine(behind, isKnown);
  const start = /^:start_line:\s*(\d+)\s*$/.exec(lines[0] ?? '');
  if (start === null) return { body: lines, path };
  let at = 1;
  if (/^:end_line:/.test(lines[at] ?? '')) at += 1;
  if (/^-{5,}\s*$/.test(lines[at] ?? '')) at += 1;
  return { body: lines.slice(at), line: Number(start[1]), path };
}

/**
 * Where the block may be cut in two. A separator is as long as the markers; of several, those of a
 * conflict inside are none, and a longer search comes first, since the file must confirm it.
 */
function findCuts(body: readonly string[], length: number): readonly number[] {
  const all: { at: number; length: number }[] = [];
  let depth = 0;
  body.forEach((line, at) => {
    if (/^\s*<{5,12} ?\S/.test(line)) depth += 1;
    else if (/^\s*>{5,12} ?\S/.test(line)) depth = Math.max(0, depth - 1);
    const found = SEPARATOR.exec(line);
    if (found && depth === 0) all.push({ at, length: found[1]?.length ?? 0 });
  });
  const same = all.filter((cut) => cut.length === length);
  const chosen = same.length > 0 ? same : all.filter((cut) => cut.length >= 4);
  return chosen
    .map((cut) => cut.at)
    .reverse()
    .slice(0, MAX_CUTS);
}

const MAX_CUTS = 8;
