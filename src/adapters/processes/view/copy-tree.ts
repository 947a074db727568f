import type { Dirent, Stats } from 'node:fs';
import { constants } from 'node:fs';
import {
  chmod,
  chown,
  copyFile,
  lstat,
  lutimes,
  mkdir,
  readdir,
  readlink,
  symlink,
  utimes,
} from 'node:fs/promises';
import { join } from 'node:path';
import { fail, ok } from '../../../core/result.ts';
import type { Result } from '../../../core/types.ts';

export type CopyBounds = { readonly files: number; readonly bytes: number };

/** What a person waits for once, and a disk has room for. */
export const COPY_BOUNDS: CopyBounds = { files: 200_000, bytes: 4 * 1024 ** 3 };

/**
 * Copies a folder with modes and times. Links stay links, whatever they lead to; sockets, pipes and
 * devices are left out. A file system that can share blocks between files does. Says how many bytes
 * its files hold.
 */
export async function copyTree(
  from: string,
  to: string,
  signal: AbortSignal,
  bounds: CopyBounds = COPY_BOUNDS,
): Promise<Result<number>> {
  let [files, bytes] = [0, 0];
  try {
    return await copyFolder('', await lstat(from));
  } catch (cause) {
    return describe(cause as NodeJS.ErrnoException, from);
  }

  async function copyFolder(path: string, stats: Stats): Promise<Result<number>> {
    await mkdir(join(to, path), { recursive: path === '', mode: 0o700 });
    const entries = await readdir(join(from, path), { withFileTypes: true });
    for (let index = 0; index < entries.length; index += AT_ONCE) {
      if (signal.aborted) return fail('cancelled', 'The copy of the workspace was called off.');
      const some = entries.slice(index, index + AT_ONCE);
      await Promise.all(some.map((entry) => copyEntry(path, entry)));
      if (files > bounds.files || bytes > bounds.bytes) return tooMuch(from, bounds);
    }
    for (const entry of entries.filter((each) => each.isDirectory())) {
      const inner = join(path, entry.name);
      const copied = await copyFolder(inner, await lstat(join(from, inner)));
      if (!copied.ok) return copied;
    }
    // Last, as all that was written in it has changed its time, and it may be closed.
    await chmod(join(to, path), stats.mode & 0o7777);
    await utimes(join(to, path), stats.atimeMs / 1000, stats.mtimeMs / 1000);
    return ok(bytes);
  }

  async function copyEntry(folder: string, entry: Dirent): Promise<void> {
    const source = join(from, folder, entry.name);
    const target = join(to, folder, entry.name);
    files++;
    if (entry.isSymbolicLink()) {
      const { atimeMs, mtimeMs } = await lstat(source);
      await symlink(await readlink(source), target);
      await lutimes(target, atimeMs / 1000, mtimeMs / 1000);
    } else if (entry.isFile()) {
      const { size, mode, uid, gid, atimeMs, mtimeMs } = await lstat(source);
      bytes += size;
      if (bytes > bounds.bytes) return;
      await copyFile(source, target, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
      // Newer versions of Node give a copy made by root to the owner of its source.
      if (uid !== OURS.uid || gid !== OURS.gid) await chown(target, OURS.uid, OURS.gid);
      await chmod(target, mode & 0o7777);
      await utimes(target, atimeMs / 1000, mtimeMs / 1000);
    }
  }
}

const AT_ONCE = 16;
/** Cages are made on Linux alone, where there always is one. */
const OURS = { uid: process.geteuid?.() ?? -1, gid: process.getegid?.() ?? -1 };

function tooMuch(from: string, { files, bytes }: CopyBounds) {
  const most = `${files} files or ${Math.round(bytes / 1024 ** 3)} GiB`;
  return fail('limit', `${from} holds more than ${most}, which is too much to copy.`, {
    hint: 'Remove what can be made again (build folders), or start TinyCode where a workspace can be seen copy-on-write: Linux 5.11 or newer with user namespaces.',
  });
}

function describe(cause: NodeJS.ErrnoException, from: string) {
  if (cause.code === 'ENOSPC' || cause.code === 'EDQUOT') {
    return fail('limit', `There is no room for a copy of ${from}.`, {
      cause,
      hint: 'Make room on the disk that holds TinyCode’s state folder; doctor names it.',
    });
  }
  return fail('unreadable', `${from} cannot be copied: ${cause.message}.`, {
    cause,
    hint: 'All of the workspace must be readable for a copy of it.',
  });
}
