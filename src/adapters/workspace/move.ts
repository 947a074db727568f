import { lstatSync, readlinkSync, renameSync, symlinkSync } from 'node:fs';
import { fail, ok } from '../../core/result.ts';
import type { Image, Result } from '../../core/types.ts';
import type { FileChange } from '../../ports.ts';
import { nameOnce } from './add.ts';
import type { Batch } from './batch.ts';
import { deepHash } from './below.ts';
import { changed, codeOf, failureOf } from './failures.ts';
import type { Place } from './held-folder.ts';
import type { Held } from './hold.ts';
import { withHeld } from './put.ts';
import { fullBudget } from './read-held.ts';
import { isStillAt } from './still-held.ts';
import { takeAway } from './take-away.ts';
import { discard } from './temporary.ts';

/** What is moved has both names for a moment, and is never without one. */
export function move(
  batch: Batch,
  { before, to }: FileChange & { readonly kind: 'move' },
): Result<void> {
  if (before.kind === 'absent') return fail('invalid', `There is no ${before.path} to move.`);
  if (`${to}/`.startsWith(`${before.path}/`)) {
    return fail('invalid', `${before.path} cannot be moved into itself.`);
  }
  const from = batch.walk.place(before.path);
  if (!from.ok) return from;
  const target = batch.walk.place(to);
  if (!target.ok) return target;
  return withHeld(from.value, before, (held) => {
    try {
      return moveHeld(batch, before, from.value, target.value, held);
    } catch (error) {
      if (codeOf(error) === 'EEXIST') return changed(to, 'something lies there by now');
      return failureOf(error, 'failed', `${before.path} cannot be moved to ${to}`);
    }
  });
}

function moveHeld(batch: Batch, before: Image, from: Place, to: Place, held: Held): Result<void> {
  if (lstatSync(to.at, { throwIfNoEntry: false }) !== undefined) {
    return changed(to.path, 'something lies there by now');
  }
  if (held.image.kind === 'folder') return moveFolder(batch, before, from, to, held);
  if (held.image.kind === 'link') {
    symlinkSync(readlinkSync(from.at, { encoding: 'buffer' }), to.at);
  } else if (nameOnce(batch, from.at, to.at) === 'rename') {
    return checkRenamed(batch, from, to, isStillHeld(to, held, 1));
  } else if (!isStillHeld(to, held, 2)) {
    discard(to);
    return changed(from.path, SWAPPED);
  }
  batch.touched(to.folder);
  const gone = takeAway(batch, from, held, held.image.kind === 'link' ? 1 : 2);
  if (!gone.ok) discard(to);
  return gone;
}

const SWAPPED = 'another program was there at the same moment';

const isStillHeld = ({ at }: Place, { stats }: Held, names: number): boolean =>
  stats !== null && isStillAt(at, stats, names);

/**
 * A rename replaces no file and no folder that holds something. An empty folder that somebody
 * makes at `to` in that very moment is replaced.
 */
function moveFolder(
  batch: Batch,
  before: Image,
  from: Place,
  to: Place,
  { stats }: Held,
): Result<void> {
  if (before.kind === 'folder' && before.hash !== undefined) {
    const hash = deepHash(batch.walk, batch.openBelow, from.path, fullBudget());
    if (!hash.ok) return hash;
    if (hash.value !== before.hash) return changed(from.path, 'what lies below is not the same');
  }
  try {
    renameSync(from.at, to.at);
  } catch (error) {
    const isTaken = ['ENOTEMPTY', 'ENOTDIR', 'EISDIR'].includes(codeOf(error));
    if (isTaken) return changed(to.path, 'something lies there by now');
    throw error;
  }
  batch.walk.forget(from.path);
  const now = lstatSync(to.at, { bigint: true });
  return checkRenamed(batch, from, to, now.ino === stats?.ino && now.dev === stats.dev);
}

/** What was swapped in at the last moment goes back to where it was. */
function checkRenamed(batch: Batch, from: Place, to: Place, isRight: boolean): Result<void> {
  batch.touched(to.folder);
  batch.touched(from.folder);
  if (isRight) return ok(undefined);
  if (lstatSync(from.at, { throwIfNoEntry: false }) === undefined) renameSync(to.at, from.at);
  return changed(from.path, SWAPPED);
}
