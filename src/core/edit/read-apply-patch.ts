import type { IsKnown } from './file-names.ts';
import { type HunkLines, hasNoEdit, readHeader, readHunk } from './hunk-lines.ts';
import { refuse } from './refuse.ts';
import type { Edited, Hunk, Request } from './types.ts';

const FILE = /^\*\*\* (Update|Add|Delete|Create|Modify|Remove|Rename|Move) File:\s*(.+?)\s*$/;
const BEGIN = /^\s*\*\*\* Begin Patch\s*$/;
const END = /^\s*\*\*\* End Patch\s*$/;

export const isPatchLine = (line: string): boolean => BEGIN.test(line) || FILE.test(line);

/** Reads `*** Begin Patch` … `*** End Patch`. */
export function readApplyPatch(
  lines: readonly string[],
  _isKnown: IsKnown,
): Edited<readonly Request[]> {
  const requests: Request[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    if (!isPatchLine(lines[at] as string)) continue;
    const end = findEnd(lines, at);
    if (end === null) {
      return refuse(
        'malformed',
        'The patch has no “*** End Patch”, so the reply may be cut off. Send the whole patch.',
      );
    }
    const read = readPatch(lines.slice(at, end));
    if (!read.ok) return read;
    requests.push(...read.value);
    at = end;
  }
  return { ok: true, value: requests };
}

/** A patch without its frame ends with its fence, if it has one. */
function findEnd(lines: readonly string[], from: number): number | null {
  let fence: number | null = null;
  for (let at = from + 1; at < lines.length; at += 1) {
    if (END.test(lines[at] as string)) return at;
    if (fence === null && /^```\s*$/.test(lines[at] as string)) fence = at;
  }
  return BEGIN.test(lines[from] as string) ? null : fence;
}

type Section = { readonly word: string; readonly path: string; readonly lines: readonly string[] };

function readPatch(lines: readonly string[]): Edited<readonly Request[]> {
  const requests: Request[] = [];
  for (const section of sectionsOf(lines)) {
    const request = readSection(section);
    if (!request.ok) return request;
    if (request.value !== null) requests.push(request.value);
  }
  return { ok: true, value: requests };
}

function sectionsOf(lines: readonly string[]): readonly Section[] {
  const sections: { word: string; path: string; lines: string[] }[] = [];
  for (const line of lines) {
    const found = FILE.exec(line);
    if (found) sections.push({ word: found[1] ?? '', path: unquote(found[2] ?? ''), lines: [] });
    else if (!BEGIN.test(line)) sections.at(-1)?.lines.push(line);
  }
  return sections;
}

const unquote = (path: string): string => path.replace(/^(["'`])(.*)\1$/, '$2');

function readSection({ word, path, lines }: Section): Edited<Request | null> {
  if (word === 'Delete' || word === 'Remove') return { ok: true, value: { kind: 'delete', path } };
  if (word === 'Add' || word === 'Create') return readAdded(path, lines);
  const move = /^\*\*\* (?:Move|Rename) to:\s*(.+?)\s*$/i.exec(lines[0] ?? '');
  const moveTo = move ? unquote(move[1] ?? '') : undefined;
  const hunks = readHunks(move ? lines.slice(1) : lines);
  if (hunks.length > 0) {
    const more = moveTo === undefined ? {} : { moveTo };
    return { ok: true, value: { kind: 'hunks', path, hunks, isOrdered: true, ...more } };
  }
  return { ok: true, value: moveTo === undefined ? null : { kind: 'move', path, moveTo } };
}

/** Every line of a new file has a plus; a model that forgets it forgets it everywhere. */
function readAdded(path: string, given: readonly string[]): Edited<Request> {
  const lines = [...given];
  while (lines.length > 0 && (lines.at(-1) as string).trim() === '') lines.pop();
  const hasPlus = lines.some((line) => line.startsWith('+'));
  const odd = lines.find(
    (line) =>
      hasPlus &&
      line.trim() !== '' &&
      !line.startsWith('+') &&
      !/^\\ No newline/.test(line) &&
      line !== '*** End of File',
  );
  if (odd !== undefined) {
    return refuse(
      'malformed',
      `${path}: a line of the new file has no “+” before it. Send every line with one.`,
      { path },
    );
  }
  const finalNewline = lines.some((line) => /^\\ No newline/.test(line))
    ? { finalNewline: false }
    : {};
  const content = lines
    .filter((line) => !/^\\ No newline/.test(line) && line !== '*** End of File')
    .map((line) => (hasPlus && line.startsWith('+') ? line.slice(1) : line));
  return { ok: true, value: { kind: 'create', path, lines: content, ...finalNewline } };
}

function readHunks(lines: readonly string[]): readonly Hunk[] {
  const hunks: { lines: string[]; hints: HunkLines['hints'] }[] = [];
  let anchors: string[] = [];
  let isOpen = false;
  for (const line of lines) {
    if (line.startsWith('@@')) {
      if (isOpen) anchors = [];
      isOpen = false;
      const { heading, line: start } = readHeader(line);
      if (heading !== '') anchors.push(heading);
      hunks.push({
        lines: [],
        hints: {
          ...(start === undefined ? {} : { line: start }),
          ...(anchors.length > 0 ? { anchors: [...anchors], isAnchorStrict: true } : {}),
        },
      });
    } else if (/^\*\*\* End of File/i.test(line)) {
      const last = hunks.at(-1);
      if (last) last.hints = { ...last.hints, isAtEnd: true };
    } else {
      if (hunks.length === 0) hunks.push({ lines: [], hints: {} });
      if (line.trim() !== '') isOpen = true;
      hunks.at(-1)?.lines.push(line);
    }
  }
  return hunks.map(readHunk).filter((hunk) => !hasNoEdit(hunk));
}
