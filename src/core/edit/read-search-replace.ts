import { fenceFile, fileNameLine, type IsKnown, mentionedFile } from './file-names.ts';
import { refuse } from './refuse.ts';
import { isOpener, readBlock } from './search-block.ts';
import type { Edited, Hunk, Request } from './types.ts';

/** Reads search/replace blocks, whatever their markers, and the files that they are for. */
export function readSearchReplace(
  lines: readonly string[],
  isKnown: IsKnown,
): Edited<readonly Request[]> {
  const requests: Request[] = [];
  let previousEnd = 0;
  let path: string | null = null;
  for (let at = 0; at < lines.length; at += 1) {
    if (!isOpener(lines, at)) continue;
    const block = readBlock(lines, at, isKnown);
    if (!block.ok) return block;
    const { hunk, end } = block.value;
    path = block.value.path ?? findName(lines, previousEnd, at, isKnown) ?? path;
    requests.push(requestOf(path, hunk));
    previousEnd = end + 1;
    at = end;
  }
  const stray = lines.slice(previousEnd).find((line) => /^\s*>{5,9} ?REPLACE\b/.test(line));
  if (stray !== undefined) {
    return refuse(
      'malformed',
      'A >>>>>>> REPLACE has no <<<<<<< SEARCH before it. Send whole blocks.',
    );
  }
  return { ok: true, value: requests };
}

const requestOf = (path: string | null, hunk: Hunk): Request => ({
  kind: 'hunks',
  path,
  hunks: [hunk],
  isOrdered: false,
});

/** Lines above a block among which its file may be named. */
const MAX_LINES_ABOVE = 4;

function findName(
  lines: readonly string[],
  from: number,
  opener: number,
  isKnown: IsKnown,
): string | null {
  const above: string[] = [];
  for (let at = opener - 1; at >= from && above.length < MAX_LINES_ABOVE; at -= 1) {
    const line = (lines[at] as string).trim();
    const fence = /^(?:`{3,}|~{3,})\s*(.*)$/.exec(line);
    if (fence) {
      const named = fenceFile(fence[1] ?? '', isKnown);
      if (named !== null) return named;
    } else if (line !== '' && !/^<\/?[a-z_]+>$/i.test(line)) {
      above.push(line);
    }
  }
  for (const line of above.slice(0, 2)) {
    const named = fileNameLine(line, isKnown) ?? commentedName(line, isKnown);
    if (named !== null) return named;
  }
  for (const line of above.slice(0, 2)) {
    const named = mentionedFile(line, isKnown);
    if (named !== null) return named;
  }
  return null;
}

/** `# src/a.py` is a comment in Python, a heading elsewhere. */
const commentedName = (line: string, isKnown: IsKnown): string | null =>
  /^#\s*\S+$/.test(line) ? fileNameLine(line.slice(1), isKnown) : null;
