import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/**
 * The branch that a folder is on, read from the files of git and without running it, so that the
 * prompt need not wait and nothing that a repository configures can run. Empty outside of one.
 */
export function readBranch(folder: string): string {
  const store = findStore(folder);
  if (store === null) return '';
  try {
    const head = readFileSync(join(store, 'HEAD'), 'utf8').slice(0, MAX_HEAD).trim();
    return head.startsWith(REF) ? head.slice(REF.length) : head.slice(0, SHORT_HASH);
  } catch {
    return '';
  }
}

export const isRepository = (folder: string): boolean => findStore(folder) !== null;

const REF = 'ref: refs/heads/';
const SHORT_HASH = 9;
const MAX_HEAD = 1_000;
const MAX_DEPTH = 100;

function findStore(folder: string): string | null {
  let at = folder;
  for (let depth = 0; depth < MAX_DEPTH; depth++) {
    const store = join(at, '.git');
    if (existsSync(store)) return followStore(store);
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
