import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
  statSync,
} from 'node:fs';

/**
 * Looks at the disk that take what cannot be seen for what is not there. Hundreds of them are done
 * for one program, and most find nothing; so none of these is an exception.
 */
export const isThere = (path: string): boolean => statOf(path) !== undefined;
export const isFolder = (path: string): boolean => statOf(path)?.isDirectory() ?? false;
/** Where a path leads in the end; null where that is nowhere. */
export const realPath = (path: string): string | null =>
  isThere(path) ? attempt(() => realpathSync.native(path)) : null;
/** Where a link leads in the end; null where there is no link, or where it leads nowhere. */
export const linkEnd = (path: string): string | null =>
  attempt(() => lstatSync(path, { throwIfNoEntry: false }))?.isSymbolicLink()
    ? realPath(path)
    : null;
/** What a folder holds, up to a bound. */
export const namesIn = (folder: string): readonly string[] =>
  attempt(() => readdirSync(folder).slice(0, MAX_NAMES)) ?? [];
/** The beginning of a regular file. A pipe of that name keeps nobody waiting. */
export const readStart = (path: string): string | null => attempt(() => readFrom(path));

const statOf = (path: string) =>
  attempt(() => statSync(path, { throwIfNoEntry: false })) ?? undefined;

const MAX_NAMES = 2000;
const MAX_BYTES = 64 * 1024;

function readFrom(path: string): string | null {
  const { O_RDONLY, O_NONBLOCK, O_NOFOLLOW } = constants;
  const descriptor = openSync(path, O_RDONLY | O_NONBLOCK | O_NOFOLLOW);
  try {
    if (!fstatSync(descriptor).isFile()) return null;
    const bytes = Buffer.alloc(MAX_BYTES);
    return bytes.toString('utf8', 0, readSync(descriptor, bytes));
  } finally {
    closeSync(descriptor);
  }
}

function attempt<T>(look: () => T): T | null {
  try {
    return look();
  } catch {
    return null;
  }
}
