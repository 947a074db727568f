import { access, constants, lstat } from 'node:fs/promises';
import { nearestFolder } from '../nearest-folder.ts';
import { bad, type Finding, fine, type Probe, warn } from '../probe.ts';
import { shellQuote } from '../shell-quote.ts';

/** Whether a folder of TinyCode's own is there or can be made, is ours, and is closed to others. */
export const folderProbe = (check: string, path: string, variable: string): Probe => ({
  check,
  async run() {
    const elsewhere = `set ${variable} to a folder of your own that you can write`;
    const nearest = nearestFolder(path);
    try {
      await access(nearest, constants.W_OK | constants.X_OK);
    } catch (error) {
      const isReadOnly = error instanceof Error && 'code' in error && error.code === 'EROFS';
      const why = isReadOnly ? 'is on a read-only file system' : 'cannot be written';
      return bad(`${nearest} ${why}.`, `Make it writable, or ${elsewhere}.`);
    }
    const stats = await lstat(path).catch(() => null);
    if (stats === null) return fine(`${path} will be made when it is needed.`);
    if (!stats.isDirectory()) {
      const what = stats.isSymbolicLink() ? 'a symbolic link' : 'not a folder';
      return bad(`${path} is ${what}.`, `Remove it, or ${elsewhere}.`);
    }
    return judge(path, stats, elsewhere);
  },
});

function judge(
  path: string,
  stats: { readonly uid: number; readonly mode: number },
  elsewhere: string,
): Finding {
  const me = process.geteuid?.();
  if (me !== undefined && stats.uid !== me) {
    return bad(`${path} belongs to somebody else.`, `Remove it, or ${elsewhere}.`);
  }
  const mode = (stats.mode & 0o777).toString(8);
  if ((stats.mode & 0o077) === 0) return fine(`${path} is yours alone.`);
  return warn(`${path} is open to others (${mode}).`, `chmod 700 ${shellQuote(path)}`);
}
