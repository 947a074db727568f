import { fail, ok } from '../../core/result.ts';
import { nearest } from '../../core/text/nearest.ts';
import type { Result } from '../../core/types.ts';
import type { Thing } from './real-files.ts';
import type { WorkspaceView } from './workspace-view.ts';

/** A path as a person writes it, relative to the workspace; empty for the workspace itself. */
export function insidePath(workspace: string, path: string): Result<string> {
  if (/[\0-\x1f\x7f]/.test(path)) {
    return fail('denied', `${JSON.stringify(path)} holds characters that no path should have.`);
  }
  const isOwn = path === workspace || path.startsWith(`${workspace}/`);
  const inside = isOwn ? path.slice(workspace.length + 1) : path;
  if (inside.startsWith('/') || /^~(?:\/|$)/.test(inside)) return outside(path);
  const kept: string[] = [];
  for (const name of inside.split('/')) {
    if (name === '' || name === '.') continue;
    if (name !== '..') kept.push(name);
    else if (kept.pop() === undefined) return outside(path);
  }
  return ok(kept.join('/'));
}

const outside = (path: string) =>
  fail('denied', `${path} lies outside of the workspace.`, {
    hint: 'A plan changes files of the workspace only.',
  });

export type Found = { readonly path: string; readonly thing: Thing };

/** What a person names and what lies there; a failure only where it may not be named at all. */
export function findPath(workspace: string, view: WorkspaceView, named: string): Result<Found> {
  const path = insidePath(workspace, named);
  if (!path.ok) return path;
  const thing = view.look(path.value);
  if (thing.kind === 'through') {
    return fail('denied', `${named} leads through the symbolic link ${thing.link}.`, {
      hint: 'Links are never followed.',
    });
  }
  return ok({ path: path.value, thing });
}

/** The same for what has to be there; what is not there is said with what is near it. */
export async function findExisting(
  workspace: string,
  view: WorkspaceView,
  named: string,
  signal: AbortSignal,
): Promise<Result<Found>> {
  const found = findPath(workspace, view, named);
  if (!found.ok || found.value.thing.kind !== 'absent') return found;
  const near = await nearPath(view, found.value.path, signal);
  return fail('not-found', `There is no ${named}.`, {
    hint: near === null ? 'Look at the name and the folder.' : `Did you mean ${near}?`,
  });
}

/** One of the same name elsewhere, or one with nearly this name. */
async function nearPath(
  view: WorkspaceView,
  path: string,
  signal: AbortSignal,
): Promise<string | null> {
  const files = await view.files(signal);
  if (!files.ok) return null;
  const all = [...new Set(files.value.flatMap(withFolders))].slice(0, MAX_CANDIDATES);
  const name = path.slice(path.lastIndexOf('/') + 1);
  const same = all.filter((each) => each === name || each.endsWith(`/${name}`));
  return same.length === 1 ? (same[0] as string) : (nearest(path, all) ?? null);
}

const MAX_CANDIDATES = 20_000;

const withFolders = (path: string): readonly string[] => {
  const names = path.split('/');
  return names.map((_, index) => names.slice(0, index + 1).join('/'));
};
