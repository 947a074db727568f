import { lstatSync, readlinkSync, renameSync, symlinkSync, unlinkSync } from 'node:fs';
import { ok } from '../../core/result.ts';
import type { Result } from '../../core/types.ts';
import { nameOnce } from './add.ts';
import type { Batch } from './batch.ts';
import { changed, codeOf, failureOf } from './failures.ts';
import type { Place } from './held-folder.ts';
import type { Held } from './hold.ts';
import { isStillAt, isUnwrittenSince } from './still-held.ts';
import { atNewName } from './temporary.ts';

/**
 * Takes a file or link away from its name. It is first moved to a name of ours and looked at
 * there: whatever lay at the name at that moment is in hand, and is put back where it is not what
 * was to go. `names`: how many names it has.
 */
export function takeAway(batch: Batch, place: Place, held: Held, names: number): Result<void> {
  const { at, path, folder } = place;
  if (held.stats === null) return ok(undefined);
  try {
    if (!isStillAt(at, held.stats, names)) return changed(path, 'another program was there first');
    const { place: aside } = atNewName(batch, folder, (name) => {
      // A rename replaces what is there; no name of ours is taken but by a left-over.
      if (lstatSync(name, { throwIfNoEntry: false }) !== undefined) throw taken(name);
      renameSync(at, name);
    });
    batch.touched(folder);
    const now = lstatSync(aside.at, { bigint: true }).ctimeNs;
    if (isStillAt(aside.at, held.stats, names) && isUnwrittenSince(held, now)) {
      unlinkSync(aside.at);
      return ok(undefined);
    }
    return giveBack(batch, aside, place);
  } catch (error) {
    return failureOf(error, 'failed', `${path} cannot be removed`);
  }
}

const taken = (name: string) => Object.assign(new Error(`${name} is taken`), { code: 'EEXIST' });

/** Where the name was taken meanwhile both are kept: the older one beside it. */
function giveBack(batch: Batch, aside: Place, { at, path, name }: Place): Result<void> {
  const what = 'another program wrote to it at the same moment';
  try {
    rename(batch, aside.at, at);
    return changed(path, what);
  } catch (error) {
    if (!['EEXIST', 'ENOTEMPTY', 'ENOTDIR', 'EISDIR'].includes(codeOf(error))) throw error;
    const kept = `${aside.name.replace(/\.tinycode-tmp$/, '')}.tinycode-kept`;
    renameSync(aside.at, `${aside.folder.base}/${kept}`);
    return changed(path, `${what}; the older one is kept beside it as ${kept}`, { name, kept });
  }
}

/** Without replacing anything, whatever it is: it may have been swapped for a folder. */
function rename(batch: Batch, from: string, to: string): void {
  const stats = lstatSync(from);
  if (stats.isDirectory()) renameSync(from, to);
  else if (stats.isSymbolicLink()) {
    symlinkSync(readlinkSync(from, { encoding: 'buffer' }), to);
    unlinkSync(from);
  } else if (nameOnce(batch, from, to) === 'link') unlinkSync(from);
}
