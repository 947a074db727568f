import { dirname, join, resolve } from 'node:path';
import { isFolder, readStart, realPath } from './look.ts';
import { isWithin } from './within.ts';

/**
 * Where git keeps a workspace that is a worktree or a submodule of a repository elsewhere. What the
 * workspace's `.git` file says proves nothing: it could name any folder. Only a folder counts that
 * says of itself that this workspace belongs to it.
 */
export function findGitFolders(workspace: string): readonly string[] {
  const said = readLine(join(workspace, '.git'))?.match(/^gitdir: (.+)$/)?.[1];
  if (said === undefined) return [];
  const folder = realPath(resolve(workspace, said));
  if (folder === null || isWithin(folder, workspace) || isWithin(workspace, folder)) return [];
  if (![ownerOfWorktree(folder), ownerOfSubmodule(folder)].includes(workspace)) return [];
  const common = readLine(join(folder, 'commondir'));
  const shared = common === null ? null : realPath(resolve(folder, common));
  const isShared = shared !== null && isWithin(folder, shared) && isRepository(shared);
  return isShared && !isWithin(workspace, shared) ? [shared] : [folder];
}

const ownerOfWorktree = (folder: string): string | null => {
  const back = readLine(join(folder, 'gitdir'));
  return back === null ? null : realPath(dirname(resolve(folder, back)));
};

function ownerOfSubmodule(folder: string): string | null {
  if (!isRepository(folder)) return null;
  const worktree = readStart(join(folder, 'config'))?.match(/^\s*worktree\s*=\s*(.+?)\s*$/m)?.[1];
  return worktree === undefined ? null : realPath(resolve(folder, worktree));
}

const isRepository = (folder: string): boolean =>
  ['objects', 'refs'].every((name) => isFolder(join(folder, name)));

const readLine = (path: string): string | null => readStart(path)?.split('\n')[0]?.trim() ?? null;
