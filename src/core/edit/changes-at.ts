import { isBlank } from './canonical.ts';
import { diffLines } from './diff-lines.ts';
import { refuseIndent } from './explain.ts';
import type { FileIndex } from './file-index.ts';
import type { Place } from './find-places.ts';
import { createIndenter } from './reindent.ts';
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
  const changes: { start: number; end: number; lines: string[] }[] = [];
  let open: { start: number; end: number; lines: string[] } | null = null;
  let cursor = place.start;
  let near = 0;
  const openAt = (line: number) => {
    open ??= { start: line, end: line, lines: [] };
    if (changes.at(-1) !== open) changes.push(open);
    return open;
  };
  for (const op of diffLines(reading.search, reading.replacement)) {
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
