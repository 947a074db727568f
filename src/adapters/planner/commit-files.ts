import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isGlob } from '../../core/planner/glob.ts';
import type { Request } from '../../core/planner/request.ts';
import { fail, ok } from '../../core/result.ts';
import type { DraftStep, Result } from '../../core/types.ts';
import { listTracked } from './list-files.ts';
import { pathsOf } from './named-paths.ts';
import type { Outcome, Sight } from './outcome.ts';
import { findExisting, insidePath } from './workspace-path.ts';

const MAX_PATHS = 500;

/** `touched`: what the sentences before this one change. */
export async function commitFiles(
  sight: Sight,
  { message, what }: Request & { readonly kind: 'commit' },
  touched: readonly string[],
): Promise<Result<Outcome>> {
  if (!isInRepository(sight.workspace)) {
    return fail('unavailable', 'The workspace is in no git repository.', {
      hint: 'Say run git init first.',
    });
  }
  switch (what.kind) {
    case 'all':
      return ok({ steps: [add(['-A'], 'everything'), commit(message, [])], open: [] });
    case 'as-is':
      if (touched.length === 0) return ok({ steps: [commit(message, [])], open: [] });
      return commitPaths(await knownToGit(sight, touched), message);
    case 'paths': {
      const paths = await namedPaths(sight, what.paths, touched);
      return paths.ok ? commitPaths(await knownToGit(sight, paths.value), message) : paths;
    }
    default:
      return what satisfies never;
  }
}

/** What will be gone is named only where git had it: of anything else it would know nothing. */
async function knownToGit(sight: Sight, paths: readonly string[]): Promise<readonly string[]> {
  const isThere = (path: string) => path === '.' || sight.view.look(path).kind !== 'absent';
  if (paths.every(isThere)) return paths;
  const tracked = await listTracked(sight.workspace, sight.searchPath, sight.signal);
  const isTracked = (path: string) =>
    tracked.some((each) => each === path || each.startsWith(`${path}/`));
  return paths.filter((path) => isThere(path) || isTracked(path));
}

function commitPaths(paths: readonly string[], message: string): Result<Outcome> {
  if (paths.length === 0) return fail('not-found', 'There is nothing left to commit.');
  if (paths.length > MAX_PATHS) {
    return fail('limit', `${paths.length} files are too many to name to git one by one.`, {
      hint: 'Say commit everything with message "…", or name a folder.',
    });
  }
  const specs = ['--', ...paths.map(asPathspec)];
  return ok({ steps: [add(specs, paths.join(', ')), commit(message, specs)], open: [] });
}

const add = (args: readonly string[], what: string): DraftStep => ({
  title: `add ${what} to the commit`,
  why: 'It was asked for.',
  action: { kind: 'git.run', argv: ['add', ...args] },
});

const commit = (message: string, specs: readonly string[]): DraftStep => ({
  title: `commit: ${message.split('\n', 1)[0]}`,
  why:
    specs.length === 0
      ? 'What is staged is committed.'
      : 'Only what is named is committed, as it lies then.',
  action: { kind: 'git.run', argv: ['commit', '-m', message, ...specs] },
});

/** What git would read as a pattern is said to be a plain path. */
const asPathspec = (path: string): string =>
  isGlob(path) || /^:|\\/.test(path) ? `:(literal)${path}` : path;

/** What is named may have been deleted: then git knows it still, or an earlier step deletes it. */
async function namedPaths(
  sight: Sight,
  names: readonly string[],
  touched: readonly string[],
): Promise<Result<readonly string[]>> {
  const listed = await sight.view.files(sight.signal);
  if (!listed.ok) return listed;
  const known = [...listed.value, ...touched];
  const paths: string[] = [];
  for (const name of names) {
    const path = insidePath(sight.workspace, name);
    if (!path.ok) return path;
    if (path.value === '') paths.push('.');
    else if (known.some((each) => each === path.value || each.startsWith(`${path.value}/`))) {
      paths.push(path.value);
    } else {
      const found = isGlob(name) ? await pathsOf(sight, [name]) : await exactly(sight, name);
      if (!found.ok) return found;
      paths.push(...found.value.map((each) => each.path));
    }
  }
  return ok([...new Set(paths)]);
}

async function exactly({ workspace, view, signal }: Sight, name: string) {
  const found = await findExisting(workspace, view, name, signal);
  return found.ok ? ok([found.value]) : found;
}

const MAX_DEPTH = 100;

function isInRepository(workspace: string): boolean {
  let folder = workspace;
  for (let depth = 0; depth < MAX_DEPTH; depth += 1) {
    if (existsSync(join(folder, '.git'))) return true;
    if (dirname(folder) === folder) return false;
    folder = dirname(folder);
  }
  return false;
}
