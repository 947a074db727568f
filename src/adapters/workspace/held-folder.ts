import { type BigIntStats, constants, fstatSync, lstatSync, openSync } from 'node:fs';
import { fail, ok } from '../../core/result.ts';
import type { Result } from '../../core/types.ts';
import { codeOf, failureOf } from './failures.ts';

/**
 * A folder that is held open. What is done below `base` happens in this very folder, whatever its
 * name means by then.
 */
export type Folder = {
  readonly path: string;
  readonly fd: number;
  readonly base: string;
  readonly dev: bigint;
  readonly ino: bigint;
};
/** One name in a held folder. `at` reaches it; only its last part is still a name. */
export type Place = {
  readonly folder: Folder;
  readonly name: string;
  readonly path: string;
  readonly at: string;
};
export const placeIn = (folder: Folder, name: string): Place => ({
  folder,
  name,
  path: folder.path === '' ? name : `${folder.path}/${name}`,
  at: `${folder.base}/${name}`,
});

const { O_RDONLY, O_DIRECTORY, O_NOFOLLOW } = constants;

type OpenedFolder = { readonly fd: number; readonly stats: BigIntStats };

/** Never through a link. Who calls closes it. */
export function openFolder(at: string, path: string): Result<OpenedFolder> {
  try {
    const fd = openSync(at, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
    return ok({ fd, stats: fstatSync(fd, { bigint: true }) });
  } catch (error) {
    const isOdd = ['ENOTDIR', 'ELOOP'].includes(codeOf(error));
    if (isOdd && statOf(at)?.isSymbolicLink()) {
      return fail('denied', `${path} is a symbolic link, and no link is followed.`, {
        hint: 'Name the folder that it leads to, if that lies in the workspace.',
        data: { link: path },
      });
    }
    if (isOdd) return fail('invalid', `${path} is not a folder.`, { cause: error });
    const code = codeOf(error) === 'ENOENT' ? 'not-found' : 'unreadable';
    return failureOf(error, code, `The folder ${path} cannot be opened`);
  }
}

/** Whether that very folder lies under a name. */
export const isAt = ({ dev, ino }: Folder, at: string): boolean => {
  const stats = statOf(at);
  return stats?.isDirectory() === true && stats.dev === dev && stats.ino === ino;
};

function statOf(at: string): BigIntStats | null {
  try {
    return lstatSync(at, { bigint: true, throwIfNoEntry: false }) ?? null;
  } catch {
    return null;
  }
}
