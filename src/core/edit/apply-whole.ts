import { type AppliedHunks, spansOf } from './apply-hunks.ts';
import { isBlank, isTelling } from './canonical.ts';
import { diffLines } from './diff-lines.ts';
import { refuseNoise, refusePlaceholder } from './explain.ts';
import { indexFile } from './file-index.ts';
import { plainIndents } from './indent-style.ts';
import { findPlaceholder } from './placeholders.ts';
import { losesTooMuch } from './proportion.ts';
import { refuse } from './refuse.ts';
import { findNoise } from './take-noise-off.ts';
import { applyChanges, type LineChange } from './text-lines.ts';
import type { Edited, Request } from './types.ts';

type Whole = Extract<Request, { readonly kind: 'whole' }>;

/** A file as the reply gives it in whole. Null: it only quotes the file. */
export function applyWhole(
  path: string,
  text: string,
  request: Whole,
): Edited<AppliedHunks | null> {
  const index = indexFile(path, text);
  const before = index.file.texts;
  const lines = plainIndents(trimLike(before, withoutLabel(before, request, path)), before);
  if (request.isPerhapsQuoted && isExcerpt(before, lines)) return { ok: true, value: null };
  const reading = { search: before, replacement: lines };
  const placeholder = findPlaceholder(index, reading);
  if (placeholder !== null) return refusePlaceholder(path, placeholder);
  const isScrap = isExcerpt(before, lines) && lines.length * 2 <= before.length;
  if (isScrap || losesTooMuch(before, lines)) {
    return refuse(
      'disproportionate',
      `${path}: the new file has ${lines.length} lines and would lose most of the ${before.length} that are there. Send the whole file, or edit only the lines that change.`,
      { path },
    );
  }
  const changes = changesBetween(before, lines);
  const noise = findNoise(
    changes.flatMap((change) => change.lines),
    path,
  );
  if (noise !== null) return refuseNoise(path, noise);
  return {
    ok: true,
    value: { text: applyChanges(index.file, changes), rung: 'whole', spans: spansOf(changes) },
  };
}

/** A comment that names the file is for the reader of the reply, unless the file has it already. */
function withoutLabel(
  before: readonly string[],
  { lines, hasLabel }: Whole,
  path: string,
): readonly string[] {
  const [first = ''] = lines;
  const named = /^(?:\/\/|#|--|;|<!--|\/\*)\s*(\S+)\s*(?:-->|\*\/)?$/.exec(first.trim())?.[1];
  if (first === before[0] || !(hasLabel || named === path)) return lines;
  return lines.slice(isBlank(lines[1] ?? 'x') ? 2 : 1);
}

/** A blank line at the edge of a fence is the fence's, unless the file has one there. */
function trimLike(before: readonly string[], lines: readonly string[]): readonly string[] {
  let from = 0;
  let to = lines.length;
  if (!isBlank(before[0] ?? '')) while (from < to && isBlank(lines[from] ?? '')) from += 1;
  if (!isBlank(before.at(-1) ?? '')) while (to > from && isBlank(lines[to - 1] ?? '')) to -= 1;
  return lines.slice(from, to);
}

/** Only some of the file's lines, in their order. */
export function isExcerpt(before: readonly string[], lines: readonly string[]): boolean {
  const telling = lines.filter((line) => !isBlank(line)).map((line) => line.trim());
  const old = before.filter((line) => !isBlank(line)).map((line) => line.trim());
  if (telling.length >= old.length || !lines.some(isTelling)) return false;
  let at = 0;
  for (const line of old) if (line === telling[at]) at += 1;
  return at === telling.length;
}

function changesBetween(
  before: readonly string[],
  after: readonly string[],
): readonly LineChange[] {
  const changes: { start: number; end: number; lines: string[] }[] = [];
  let cursor = 0;
  let isOpen = false;
  for (const op of diffLines(before, after)) {
    if (op.kind === 'keep') {
      cursor = op.before + 1;
      isOpen = false;
      continue;
    }
    if (!isOpen) changes.push({ start: cursor, end: cursor, lines: [] });
    isOpen = true;
    const change = changes.at(-1);
    if (change === undefined) continue;
    if (op.kind === 'add') change.lines.push(after[op.after] ?? '');
    else {
      change.end = op.before + 1;
      cursor = op.before + 1;
    }
  }
  return changes;
}
