import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fail, ok } from '../../core/result.ts';
import { hardenGit } from '../../core/run/harden-git.ts';
import type { Result } from '../../core/types.ts';

const MAX_LISTED = 200_000;
const MAX_LIST_BYTES = 64 * 1024 * 1024;
const GIT_MS = 20_000;
const MAX_DEPTH = 64;

export const PACKAGES: ReadonlySet<string> = new Set(['node_modules']);

export type ListFiles = (signal: AbortSignal) => Promise<Result<readonly string[]>>;

/**
 * The files of the workspace in fixed order, without what git ignores. Where git knows none, those
 * of a walk that leaves out the usual folders of dependencies and builds.
 */
export async function listFiles(
  workspace: string,
  searchPath: string,
  signal: AbortSignal,
): Promise<Result<readonly string[]>> {
  const listed = await askGit(workspace, searchPath, ['-co', '--exclude-standard'], signal);
  if (signal.aborted) return cancelled();
  if (listed !== null && listed.length > 0) return ok([...new Set(listed)].sort());
  return walkFolder(workspace, '', signal, { skipped: SKIPPED });
}

export type WalkLimits = { readonly skipped?: ReadonlySet<string>; readonly depth?: number };

/** All files below a folder, of what is ignored too, but for `.git` and the names to skip. */
export async function walkFolder(
  workspace: string,
  folder: string,
  signal: AbortSignal,
  { skipped = NOTHING, depth = MAX_DEPTH }: WalkLimits = {},
): Promise<Result<readonly string[]>> {
  const found: string[] = [];
  const pending = [{ path: folder, depth: 0 }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (signal.aborted) return cancelled();
    const entries = await readdir(join(workspace, next.path), { withFileTypes: true }).catch(
      () => [],
    );
    for (const entry of entries) {
      const path = next.path === '' ? entry.name : `${next.path}/${entry.name}`;
      if (entry.isFile()) found.push(path);
      else if (!entry.isDirectory() || entry.name === '.git' || skipped.has(entry.name)) continue;
      else if (next.depth < depth) pending.push({ path, depth: next.depth + 1 });
    }
    if (found.length > MAX_LISTED) return tooMany(folder);
  }
  return ok(found.sort());
}

const NOTHING: ReadonlySet<string> = new Set();
/** Where nothing says what is ignored. */
const SKIPPED = new Set(
  `node_modules bower_components dist build out target coverage vendor .next .nuxt .svelte-kit
  .turbo .cache .parcel-cache .venv venv __pycache__ .pytest_cache .mypy_cache .ruff_cache .tox
  .gradle .idea .vscode .hg .svn .tinycode`.split(/\s+/),
);

const tooMany = (folder: string) =>
  fail('limit', `There are more than ${MAX_LISTED} files in ${folder === '' ? 'here' : folder}.`, {
    hint: 'Name a smaller folder.',
  });

export const cancelled = () => fail('cancelled', 'The planning was cancelled.');

/** The files that git has in its index, whether they are there or not; none outside of a repository. */
export const listTracked = async (
  workspace: string,
  searchPath: string,
  signal: AbortSignal,
): Promise<readonly string[]> => (await askGit(workspace, searchPath, ['-c'], signal)) ?? [];

/** Null where there is no repository. A repository's own configuration must run nothing. */
function askGit(
  workspace: string,
  searchPath: string,
  which: readonly string[],
  signal: AbortSignal,
): Promise<readonly string[] | null> {
  return new Promise((resolve) => {
    // The index alone is read, so no driver can be asked for anything.
    const { argv, env } = hardenGit(['-C', workspace, 'ls-files', ...which, '-z'], []);
    const options = {
      // So that no relative entry of PATH leads into the workspace.
      cwd: '/',
      env: { PATH: searchPath, LC_ALL: 'C', ...env },
      timeout: GIT_MS,
      killSignal: 'SIGKILL',
      maxBuffer: MAX_LIST_BYTES,
      signal,
    } as const;
    execFile('git', argv.slice(1), options, (error, out) => {
      if (error) resolve(null);
      else resolve(out.split('\0').filter(isPlainFile));
    }).stdin?.end();
  });
}

/** A repository inside of this one is named like a folder; `../` comes of a worktree elsewhere. */
const isPlainFile = (path: string): boolean =>
  path !== '' && !path.endsWith('/') && !path.startsWith('../') && !path.startsWith('.git/');
