import { blanksBefore, isBlank, isTelling } from './canonical.ts';
import { type DiffOp, diffLines } from './diff-lines.ts';
import { refuseIndent } from './explain.ts';
import type { FileIndex } from './file-index.ts';
import type { Place } from './find-places.ts';
import { createIndenter, type Indenter } from './reindent.ts';
import type { LineChange } from './text-lines.ts';
import type { Edited, Reading } from './types.ts';

/**
 * What a reading changes at a place. Lines that stand in search and replacement are context: the
 * file keeps its own. New lines are indented as the matched lines are; where these do not say how,
 * nothing is changed.
 */
export function changesAt(
  index: FileIndex,
  reading: Reading,
  place: Pick<Place, 'start' | 'lineOf'>,
): Edited<readonly LineChange[]> {
  const { texts } = index.file;
  const indent = createIndenter(index, reading, place.lineOf);
  if (indent === null) return refuseIndent(index.path, reading.replacement.find(isTelling) ?? '');
  const plain = diffLines(reading.search, reading.replacement);
  const changes: { start: number; end: number; lines: string[] }[] = [];
  let open: { start: number; end: number; lines: string[] } | null = null;
  let cursor = place.start;
  let near = 0;
  const openAt = (line: number) => {
    open ??= { start: line, end: line, lines: [] };
    if (changes.at(-1) !== open) changes.push(open);
    return open;
  };
  for (const op of diffInPlace(index, reading, place.lineOf, plain, indent) ?? plain) {
    if (op.kind === 'add') {
      const line = indent(op.after, near);
      if (line === null) return refuseIndent(index.path, reading.replacement[op.after] ?? '');
      openAt(cursor).lines.push(line);
      continue;
    }
    near = op.before;
    const line = place.lineOf[op.before] ?? -1;
    if (line < 0) continue;
    if (op.kind === 'drop') {
      // Blank lines between two dropped lines go with them.
      openAt(line).end = line + 1;
    } else {
      open = null;
    }
    cursor = line + 1;
  }
  return { ok: true, value: changes.filter((change) => !isIdle(texts, change)) };
}

/**
 * The difference between the two parts as they would stand in the file: where one of them lost its
 * indentation, lines that are the same look different, and one brace like another. Null where the
 * indentation of a line cannot be told.
 */
function diffInPlace(
  index: FileIndex,
  { search, replacement }: Reading,
  lineOf: readonly number[],
  plain: readonly DiffOp[],
  indent: Indenter,
): readonly DiffOp[] | null {
  const before = search.map((line, at) => {
    const real = index.file.texts[lineOf[at] ?? -1];
    return isBlank(line) || real === undefined
      ? line
      : blanksBefore(real) + line.slice(blanksBefore(line).length);
  });
  const after: string[] = [];
  let near = 0;
  for (const op of plain) {
    if (op.kind !== 'add') near = op.before;
    if (op.kind === 'drop') continue;
    const line = replacement[op.after] ?? '';
    if (op.kind === 'keep' && !indent.isMoving(op.after)) {
      after[op.after] = before[op.before] ?? '';
      continue;
    }
    const placed = isBlank(line) ? line : indent(op.after, near);
    if (placed === null) return null;
    after[op.after] = placed;
  }
  return diffLines(before, after);
}

/** Loosely matched, a line may be replaced by what it is already. */
function isIdle(texts: readonly string[], { start, end, lines }: LineChange): boolean {
  return end - start === lines.length && lines.every((line, at) => line === texts[start + at]);
}

/** The lines that a reading adds, as they stand in it. */
export function addedLines({ search, replacement }: Reading): readonly string[] {
  return diffLines(search, replacement).flatMap((op) =>
    op.kind === 'add' ? [replacement[op.after] ?? ''] : [],
  );
}

/** The lines that a reading takes away, blank ones left out. */
export function droppedLines({ search, replacement }: Reading): readonly string[] {
  return diffLines(search, replacement).flatMap((op) =>
    op.kind === 'drop' && !isBlank(search[op.before] ?? '') ? [search[op.before] ?? ''] : [],
  );
}
