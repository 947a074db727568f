import { fail, ok } from '../result.ts';
import type { Result } from '../types.ts';

/**
 * A path as somebody names it, as one relative to the workspace; empty for the workspace itself.
 * What leads out is refused, and so is the folder in which git keeps its own.
 */
export function placeInWorkspace(named: string, workspace: string): Result<string> {
  if (named.includes('\0')) return outside(named);
  const isBelow = named === workspace || named.startsWith(`${workspace}/`);
  const relative = isBelow ? named.slice(workspace.length + 1) : named;
  if (/^(?:\/|~|[A-Za-z]:[\\/])/.test(relative)) return outside(named);
  const parts: string[] = [];
  for (const part of relative.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return outside(named);
  }
  if (!parts.some((part) => part.toLowerCase() === '.git')) return ok(parts.join('/'));
  return fail('denied', `${named} is what git keeps for itself, and is not read.`);
}

const outside = (named: string) =>
  fail('denied', `${named.replaceAll('\0', '?')} lies outside the workspace.`, {
    hint: 'Name a path relative to the workspace.',
  });
