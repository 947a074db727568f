import { readdir } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join } from 'node:path';
import type { PathLister } from '../../ports.ts';

/** Lists the folder that the typed path points into. What cannot be read completes nothing. */
export function createPathLister(workspace: string): PathLister {
  return {
    async list(typed, signal) {
      if (isAbsolute(typed)) return [];
      const folder = typed.endsWith('/') ? typed : join(dirname(typed), '/');
      const start = typed.endsWith('/') ? '' : basename(typed);
      const entries = await readdir(join(workspace, folder), { withFileTypes: true }).catch(
        () => [],
      );
      if (signal.aborted) return [];
      const lead = folder === './' && !typed.startsWith('./') ? '' : folder;
      return entries
        .filter(({ name }) => name.startsWith(start) && (start !== '' || !name.startsWith('.')))
        .map((entry) => `${lead}${entry.name}${entry.isDirectory() ? '/' : ''}`)
        .sort()
        .slice(0, MAX_PATHS);
    },
  };
}

const MAX_PATHS = 200;
