import { fail, ok } from '../result.ts';
import type { Result } from '../types.ts';

/** A path of a plan in its one form: relative, with single slashes, without `.` and `..`. */
export function tidyPath(workspace: string, path: string): Result<string> {
  if (path.includes('\0')) return fail('invalid', `${JSON.stringify(path)} holds a NUL.`);
  const inside = path.startsWith(`${workspace}/`) ? path.slice(workspace.length + 1) : path;
  if (inside.startsWith('/') || inside === '~' || inside.startsWith('~/')) return outside(path);
  const kept: string[] = [];
  for (const name of inside.split('/')) {
    if (name === '' || name === '.') continue;
    if (name !== '..') kept.push(name);
    else if (kept.pop() === undefined) return outside(path);
  }
  if (kept.length === 0) return fail('denied', `${path} is the workspace itself.`);
  return ok(kept.join('/'));
}

const outside = (path: string) =>
  fail('denied', `${path} lies outside of the workspace.`, {
    hint: 'A plan changes files of the workspace only.',
  });

/** The folders above a path, the outermost first. */
export function foldersAbove(path: string): readonly string[] {
  const names = path.split('/');
  return names.slice(1).map((_, index) => names.slice(0, index + 1).join('/'));
}

export const isBelow = (path: string, folder: string): boolean => path.startsWith(`${folder}/`);
