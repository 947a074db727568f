import { isBlank } from './canonical.ts';
import { diffLines } from './diff-lines.ts';
import { hasInlineElision, isElision } from './elision.ts';
import type { FileIndex } from './file-index.ts';
import type { Reading } from './types.ts';

/** The first new line that stands for code left out, or null. Lines of the file are code. */
export function findPlaceholder(index: FileIndex, reading: Reading): string | null {
  const { search, replacement } = reading;
  const ops = diffLines(search, replacement);
  const dropped = ops.flatMap((op) => (op.kind === 'drop' ? [search[op.before] ?? ''] : []));
  for (const op of ops) {
    if (op.kind !== 'add') continue;
    const line = replacement[op.after] ?? '';
    const isSuspect = isElision(line) || hasInlineElision(line);
    if (!isSuspect || isKnown(index, line)) continue;
    if (!isCode(index.path, replacement, op.after, dropped)) return line;
  }
  return null;
}

/** Whatever its indentation, but never bare dots: these may stand in one place and be lazy in another. */
function isKnown(index: FileIndex, line: string): boolean {
  return !/^\W*$/.test(line) && index.loose().positions.has(index.looseForm(line));
}

/** Three dots that a language knows: the body of a stub in Python, the end of a document in YAML. */
function isCode(
  path: string,
  lines: readonly string[],
  at: number,
  dropped: readonly string[],
): boolean {
  const line = lines[at] ?? '';
  if (/\.ya?ml$/i.test(path)) return line === '...';
  if (!/\.pyi?$/i.test(path) || line.trim() !== '...') return false;
  const previous = lines.slice(0, at).findLast((text) => !isBlank(text)) ?? '';
  const opensBody = /:\s*(#.*)?$/.test(previous) || /("""|''')\s*$/.test(previous);
  return opensBody && dropped.every((text) => isBlank(text) || STUB.test(text));
}

/** What a stub may take the place of: nothing that does anything. */
const STUB =
  /^\s*(pass|\.\.\.|raise NotImplementedError.*|(async\s+)?def\s.*|class\s.*|@.*|#.*)\s*$/;
