import { closeSync, constants, openSync } from 'node:fs';
import { ok } from '../../core/result.ts';
import type { Result } from '../../core/types.ts';
import { failureOf } from './failures.ts';
import { createWalks, hasDescriptorPaths } from './walk.ts';

/** A folder that stays the one that was walked to until it is closed. */
export type WorkingFolder = { readonly path: string; close(): void };
export type OpenWorkingFolder = (path: string) => Result<WorkingFolder>;

/** For what runs in a folder of the workspace; the workspace itself is `.` or empty. */
export function createWorkingFolders(given: {
  readonly workspace: string;
  readonly hasDescriptorPaths?: boolean;
}): OpenWorkingFolder {
  const hasPaths = given.hasDescriptorPaths ?? hasDescriptorPaths();
  const { withWalk } = createWalks({ workspace: given.workspace, hasDescriptorPaths: hasPaths });
  return (path) =>
    withWalk((walk) => {
      const folder = walk.folder(path === '.' ? '' : path);
      if (!folder.ok) return folder;
      const { base } = folder.value;
      try {
        const fd = openSync(base, constants.O_RDONLY | constants.O_DIRECTORY);
        // A child has the descriptor until it runs its program, and changes to it before that.
        return ok({ path: hasPaths ? `/proc/self/fd/${fd}` : base, close: () => closeSync(fd) });
      } catch (error) {
        return failureOf(error, 'unreadable', `The folder ${path} cannot be opened`);
      }
    });
}
