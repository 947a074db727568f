import { absenceIn } from './absence.ts';
import { isBlank } from './canonical.ts';
import { commentBehind, commentText, innerComment, isCommentIn } from './comments.ts';
import { type DiffOp, diffLines } from './diff-lines.ts';
import { hasInlineElision, isElision } from './elision.ts';
import type { FileIndex } from './file-index.ts';
import type { Reading } from './types.ts';

/** The first new line that stands for code left out, or null. Lines of the file are code. */
export function findPlaceholder(index: FileIndex, reading: Reading): string | null {
  const { search, replacement } = reading;
  const ops = diffLines(search, replacement);
  const dropped = ops.flatMap((op) => (op.kind === 'drop' ? [search[op.before] ?? ''] : []));
  for (const [at, op] of ops.entries()) {
    if (op.kind !== 'add') continue;
    const line = replacement[op.after] ?? '';
    const isLazy =
      isSuspect(line, () => losesCode(reading, ops, at)) ||
      standsForCode(index.path, reading, ops, at);
    if (!isLazy || isKnown(index, line)) continue;
    if (!isCode(index.path, replacement, op.after, dropped)) return line;
  }
  return null;
}

function isSuspect(line: string, isLossy: () => boolean): boolean {
  if (isElision(line) || hasInlineElision(line)) return true;
  const alone = commentText(line) ?? innerComment(line);
  const absence = alone === null ? null : absenceIn(alone);
  if (absence !== null) return absence === 'sure' || isLossy();
  const behind = commentBehind(line);
  return behind !== null && absenceIn(behind) === 'sure' && isLossy();
}

/**
 * Whatever it says, in whatever tongue: a new comment that ends what comes in the place of code,
 * where at least two lines more go than come. A real one mostly stands before the code it is about.
 */
function standsForCode(
  path: string,
  { search, replacement }: Reading,
  ops: readonly DiffOp[],
  at: number,
): boolean {
  const op = ops[at];
  if (op?.kind !== 'add' || !isCommentIn(path, replacement[op.after] ?? '')) return false;
  const [from, to] = regionOf(ops, at);
  const isCode = (line: string) => !isBlank(line) && !isCommentIn(path, line);
  let lost = 0;
  for (const [offset, each] of ops.slice(from, to).entries()) {
    if (each.kind === 'drop' && isCode(search[each.before] ?? '')) lost += 1;
    if (each.kind !== 'add' || !isCode(replacement[each.after] ?? '')) continue;
    if (from + offset > at) return false;
    lost -= 1;
  }
  return lost >= LOST_LINES && !isFollowedByCode(replacement, op.after);
}

const LOST_LINES = 2;

/** By a line that it may be about: at its own depth, and not the end of a block. */
function isFollowedByCode(lines: readonly string[], at: number): boolean {
  const next = lines.slice(at + 1).find((line) => !isBlank(line));
  if (next === undefined || CLOSES.test(next)) return false;
  return depthOf(next) >= depthOf(lines[at] ?? '');
}

const CLOSES =
  /^\s*(?:[)\]}>;,]+|(?:end|done|fi|esac|else|elif|catch|finally|except)\b)[\s:;,){]*$/;
const depthOf = (line: string): number => line.length - line.trimStart().length;

/** The steps between two lines that stay. */
function regionOf(ops: readonly DiffOp[], at: number): readonly [number, number] {
  let from = at;
  let to = at;
  while (from > 0 && ops[from - 1]?.kind !== 'keep') from -= 1;
  while (to < ops.length && ops[to]?.kind !== 'keep') to += 1;
  return [from, to];
}

/** At the spot of a step, or in the reading as a whole, more code goes than comes. */
function losesCode({ search, replacement }: Reading, ops: readonly DiffOp[], at: number): boolean {
  const [from, to] = regionOf(ops, at);
  const gains = (some: readonly DiffOp[]) =>
    some.reduce((sum, op) => {
      if (op.kind === 'keep') return sum;
      const line = op.kind === 'add' ? replacement[op.after] : search[op.before];
      const isNothing = isBlank(line ?? '') || commentText(line ?? '') !== null;
      return isNothing ? sum : sum + (op.kind === 'add' ? 1 : -1);
    }, 0);
  return gains(ops.slice(from, to)) < 0 || gains(ops) < 0;
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
