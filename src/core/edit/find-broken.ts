import { bracketsClose } from './brackets.ts';
import { refuse } from './refuse.ts';
import type { EditView, FileEdit, Refused } from './types.ts';

/** The first file that an edit would break, or null. */
export function findBroken(files: readonly FileEdit[], view: EditView): Refused | null {
  for (const { path, after } of files) {
    if (after === null) continue;
    const before = view.read(path) ?? '';
    const isMoved =
      before === '' && files.some((other) => other.rung === 'move' && other.after === null);
    if (isMoved || !breaks(path, before, after, view)) continue;
    return refuse(
      'breaks-syntax',
      `${path}: the file could no longer be parsed after this edit. Look for a bracket, quote, indentation or line that is missing or given twice, and send the edit again.`,
      { path },
    );
  }
  return null;
}

/**
 * A file that parses must parse afterwards. Of one that did not, or that no grammar can judge, the
 * brackets that closed must close still.
 */
function breaks(path: string, before: string, after: string, view: EditView): boolean {
  const verdict = view.parses(path, after);
  if (verdict === true) return false;
  if (before.trim() === '') return verdict === false;
  if (view.parses(path, before) === true && view.parses(path, after, before) === false) return true;
  return bracketsClose(path, before) === true && bracketsClose(path, after) === false;
}
