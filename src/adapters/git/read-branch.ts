import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { OutsideRepository } from '../../core/types.ts';

/**
 * The branch that a folder is on, read from the files of git and without running it, so that the
 * prompt need not wait and nothing that a repository configures can run. Empty outside of one.
 */
export function readBranch(folder: string): string {
  const found = findStore(folder);
  if (found === null) return '';
  try {
    const head = readFileSync(join(found.store, 'HEAD'), 'utf8').slice(0, MAX_HEAD).trim();
    return head.startsWith(REF) ? head.slice(REF.length) : head.slice(0, SHORT_HASH);
  } catch {
    return '';
  }
}

export const isRepository = (folder: string): boolean => findStore(folder) !== null;

/** Where git keeps a folder's repository, if that is neither in the folder nor nowhere. */
export function findOutside(folder: string): OutsideRepository | null {
  const found = findStore(folder);
  if (found === null) return null;
  try {
    const [store, own] = [realpathSync(found.store), realpathSync(folder)];
    if (store.startsWith(`${own}/`)) return null;
    return { store, above: found.folder === folder ? null : found.folder };
  } catch {
    return null;
  }
}

const REF = 'ref: refs/heads/';
const SHORT_HASH = 9;
const MAX_HEAD = 1_000;
const MAX_DEPTH = 100;

/** The folder that a repository is of, and the one in which git keeps it. */
function findStore(folder: string): { readonly folder: string; readonly store: string } | null {
  let at = folder;
  for (let depth = 0; depth < MAX_DEPTH; depth++) {
    const named = join(at, '.git');
    if (existsSync(named)) {
      const store = followStore(named);
      return store === null ? null : { folder: at, store };
    }
    if (dirname(at) === at) return null;
    at = dirname(at);
  }
  return null;
}

/** In a worktree or a submodule `.git` is a file that names the folder. */
function followStore(store: string): string | null {
  try {
    if (statSync(store).isDirectory()) return store;
    const named = /^gitdir: (.+)$/m.exec(readFileSync(store, 'utf8').slice(0, MAX_HEAD))?.[1];
    return named === undefined ? null : resolve(dirname(store), named);
  } catch {
    return null;
  }
}
