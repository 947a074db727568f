import {
  closeSync,
  constants,
  fstatSync,
  linkSync,
  lstatSync,
  openSync,
  renameSync,
} from 'node:fs';
import { ok } from '../../core/result.ts';
import type { Result } from '../../core/types.ts';
import type { Batch, Temporary } from './batch.ts';
import { changed, codeOf, failureOf } from './failures.ts';
import type { Place } from './held-folder.ts';
import { discard } from './temporary.ts';

/** Gives a new file its name, where nothing may lie yet; never replaces anything. */
export function addAs(batch: Batch, { place: temporary }: Temporary, place: Place): Result<void> {
  try {
    if (nameOnce(batch, temporary.at, place.at) === 'link') discard(temporary);
    batch.touched(place.folder);
    return ok(undefined);
  } catch (error) {
    discard(temporary);
    if (codeOf(error) === 'EEXIST') return changed(place.path, 'something lies there by now');
    return failureOf(error, 'failed', `${place.path} cannot be written`);
  }
}

/**
 * A link takes a name as a whole or not at all. Where there are no links (FAT, some network and
 * user-space file systems) the name is taken by an empty file, which a rename then replaces: no
 * name is overwritten there either, but a kill in between leaves the empty file.
 */
export function nameOnce(batch: Batch, from: string, to: string): 'link' | 'rename' {
  if (batch.hasHardLinks) {
    try {
      linkSync(from, to);
      return 'link';
    } catch (error) {
      if (!NO_LINKS.includes(codeOf(error))) throw error;
    }
  }
  const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW } = constants;
  const fd = openSync(to, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
  try {
    const mine = fstatSync(fd, { bigint: true });
    const there = lstatSync(to, { bigint: true });
    if (there.ino !== mine.ino || there.size !== 0n) throw taken(to);
    renameSync(from, to);
    return 'rename';
  } finally {
    closeSync(fd);
  }
}

/** EPERM and EMLINK are also said of one file: it is not ours, or it has too many names. */
export const NO_LINKS: readonly string[] = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'];

const taken = (to: string) => Object.assign(new Error(`${to} was taken`), { code: 'EEXIST' });
