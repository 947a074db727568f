import { createHash } from 'node:crypto';
import { fail, ok } from '../../../core/result.ts';
import type { Result } from '../../../core/types.ts';
import { MOST_STAMPED } from './bounds.ts';
import { holdTop } from './held-folder.ts';
import { createPace } from './pace.ts';
import { walkThings } from './walk-things.ts';

/**
 * SHA-256 over names, sizes, modes, times and inodes of all below a folder but what lies in
 * `.git`: another one as soon as anything was written, also with its time set back. Null where
 * there is more than can be looked at in a moment.
 */
export async function stampFolder(
  folder: string,
  signal: AbortSignal,
  most = MOST_STAMPED,
): Promise<Result<string | null>> {
  const top = holdTop(folder);
  if (!top.ok) return top;
  const hash = createHash('sha256');
  let seen = 0;
  try {
    const walked = await walkThings(top.value, createPace(signal), ({ path, isOdd, stats }) => {
      if (path === '.git' || path.endsWith('/.git')) return 'leave';
      seen += 1;
      if (seen > most) return 'stop';
      const { size, mode, mtimeNs, ctimeNs, ino } = stats;
      // The size and the times of a folder also change with what is left out here.
      const marks = stats.isDirectory() ? [ino] : [size, mtimeNs, ctimeNs, ino];
      hash.update(`${path}\0${isOdd}\0${mode} ${marks.join(' ')}\0`);
      return 'on';
    });
    if (!walked.ok) return walked;
    return ok(walked.value === 'done' ? hash.digest('hex') : null);
  } catch (cause) {
    return fail('unreadable', `${folder} cannot be looked through.`, { cause });
  } finally {
    top.value.release();
  }
}
