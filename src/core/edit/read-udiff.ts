import { type DiffNames, diffTarget } from './diff-target.ts';
import { contentOf, readFences } from './fences.ts';
import { fenceFile, fileNameLine, type IsKnown } from './file-names.ts';
import { type HunkLines, hasNoEdit, readHeader, readHunk } from './hunk-lines.ts';
import { refuse } from './refuse.ts';
import type { Edited, Request } from './types.ts';

type Section = { names: DiffNames; hunks: HunkLines[] };

/** Reads unified diffs: with or without git's headers, line numbers, or an `@@` at all. */
export function readUdiff(lines: readonly string[], isKnown: IsKnown): Edited<readonly Request[]> {
  const headed = readSections(lines, isKnown);
  const sections = headed.length > 0 ? headed : readBare(lines, isKnown);
  const requests: Request[] = [];
  for (const { names, hunks } of sections) {
    const target = diffTarget(names, isKnown);
    if (!target.ok) return target;
    const read = hunks.map(readHunk).filter((hunk) => !hasNoEdit(hunk));
    const { kind, path, moveTo } = target.value;
    if (kind === 'edit' && read.length > 0) {
      const more = moveTo === undefined ? {} : { moveTo };
      requests.push({ kind: 'hunks', path, hunks: read, isOrdered: true, ...more });
    } else if (kind === 'edit' && moveTo !== undefined && path !== null) {
      requests.push({ kind: 'move', path, moveTo });
    } else if (kind === 'create' && path !== null) {
      const [first] = read;
      const made = read.flatMap((hunk) => hunk.readings[0].replacement);
      const { finalNewline } = first ?? {};
      requests.push({
        kind: 'create',
        path,
        lines: made,
        ...(finalNewline === undefined ? {} : { finalNewline }),
      });
    } else if (kind === 'delete' && path !== null) {
      const gone = read.flatMap((hunk) => hunk.readings[0].search);
      requests.push({ kind: 'delete', path, ...(read.length > 0 ? { lines: gone } : {}) });
    }
  }
  if (lines.some((line) => /^(GIT binary patch|Binary files .* differ)/.test(line))) {
    return refuse('malformed', 'The diff changes a binary file, which cannot be done here.');
  }
  return { ok: true, value: requests };
}

/** Signed lines in a fence of a diff, without any header. */
function readBare(lines: readonly string[], isKnown: IsKnown): readonly Section[] {
  return readFences(lines)
    .filter(({ info, isClosed }) => isClosed && /^(u?diff|patch)\b/i.test(info))
    .map((fence) => {
      const above = fileNameLine(lines[fence.start - 1] ?? '', isKnown);
      const names = above === null ? {} : { from: above, to: above };
      return { names, hunks: [{ lines: contentOf(lines, fence), hints: {} }] };
    });
}

export const isDiffHeader = (lines: readonly string[], at: number): boolean =>
  /^--- \S/.test(lines[at] ?? '') && /^\+\+\+ \S/.test(lines[at + 1] ?? '');

function readSections(lines: readonly string[], isKnown: IsKnown): readonly Section[] {
  const sections: Section[] = [];
  let section: Section | null = null;
  let hunk: { lines: string[]; hints: HunkLines['hints'] } | null = null;
  let above: string | null = null;
  const fences = createFenceWatch();
  const begin = (names: DiffNames): Section => {
    const next: Section = { names, hunks: [] };
    sections.push(next);
    hunk = null;
    return next;
  };
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] as string;
    const git = /^diff --git (.+)$/.exec(line);
    if (git) {
      section = begin({ git: git[1] ?? '' });
    } else if (isDiffHeader(lines, at) && isHeaderHere(lines, at, hunk !== null)) {
      const names: DiffNames = { from: line.slice(4), to: (lines[at + 1] as string).slice(4) };
      const isGits: boolean =
        section !== null && section.hunks.length === 0 && section.names.from === undefined;
      if (isGits && section !== null) section.names = { ...section.names, ...names };
      else section = begin(names);
      hunk = null;
      at += 1;
      // Some leave the first @@ out.
      if (/^[ +-]/.test(lines[at + 1] ?? '') && section !== null) {
        hunk = { lines: [], hints: {} };
        section.hunks.push(hunk);
      }
    } else if (line.startsWith('@@')) {
      section ??= begin(above === null ? {} : { from: above, to: above });
      const { heading, line: start } = readHeader(line);
      const hints = {
        ...(start === undefined ? {} : { line: start }),
        ...(heading === ''
          ? {}
          : {
              anchors: [heading],
              isAnchorStrict: start === undefined && !/^@@+\s*-\d/.test(line),
            }),
      };
      hunk = { lines: [], hints };
      section.hunks.push(hunk);
    } else if (hunk !== null && fences.isContent(line)) {
      (hunk as { lines: string[] }).lines.push(line);
    } else if (/^\s*(`{3,}|~{3,})/.test(line)) {
      fences.turn(line);
      above = fenceFile(line.replace(/^\s*[`~]+/, ''), isKnown) ?? above;
      hunk = null;
      // What follows a closed fence belongs to the file only where a header says so.
      if (/^\s*(`{3,}|~{3,})\s*$/.test(line)) section = null;
    } else if (hunk !== null) {
      (hunk as { lines: string[] }).lines.push(line);
    } else if (section !== null && section.hunks.length === 0) {
      section.names = withMeta(section.names, line);
    }
    if (hunk === null) above = fileNameLine(line, isKnown) ?? above;
  }
  return sections;
}

/** Tells fences around diffs from those that stand in a hunk: context, with or without its blank. */
function createFenceWatch() {
  let outer: string | null = null;
  let depth = 0;
  return {
    turn(line: string) {
      outer = outer === null ? (/^\s*/.exec(line)?.[0] ?? '') : null;
      depth = 0;
    },
    isContent(line: string): boolean {
      const [, indent = '', info] = /^(\s*)(?:`{3,}|~{3,})\s*(.*?)\s*$/.exec(line) ?? [];
      if (info === undefined) return false;
      if (indent.startsWith(' ') && !outer?.startsWith(' ')) return true;
      if (outer === null || /^(?:u?diff|patch)\b/i.test(info)) return false;
      if (info !== '') depth += 1;
      else if (depth > 0) depth -= 1;
      else return false;
      return true;
    },
  };
}

/** A removed line that begins with two dashes looks like a header; a hunk behind it tells. */
function isHeaderHere(lines: readonly string[], at: number, isInHunk: boolean): boolean {
  return (
    !isInHunk || /^@@/.test(lines[at + 2] ?? '') || /^(diff --git|index )/.test(lines[at - 1] ?? '')
  );
}

function withMeta(names: DiffNames, line: string): DiffNames {
  const found = /^(rename from|rename to|new file|deleted file|copy from|copy to)\b\s*(.*)$/.exec(
    line,
  );
  if (found === null) return names;
  const [, word = '', value = ''] = found;
  if (word === 'rename from') return { ...names, renameFrom: value };
  if (word === 'rename to') return { ...names, renameTo: value };
  if (word === 'new file') return { ...names, isNew: true };
  if (word === 'deleted file') return { ...names, isDeleted: true };
  return { ...names, isCopy: true };
}
