import { type BigIntStats, closeSync, fstatSync, fsync, lstatSync } from 'node:fs';
import { promisify } from 'node:util';
import type { FileChange } from '../../ports.ts';
import type { Batch, Temporary } from './batch.ts';
import { type Place, placeIn } from './held-folder.ts';
import { beginTemporary, discard } from './temporary.ts';

type Put = FileChange & { readonly kind: 'put' };
type Staged = { readonly path: string; readonly name: string; readonly stats: BigIntStats };
type Begun = { readonly put: Put; readonly place: Place; readonly fd: number };

/**
 * Temporary files that are made ahead of the changes that need them. The disk is asked to sync all
 * of them at once, which takes it a fraction of the time that one after the other takes.
 */
export function createStaging() {
  const staged = new Map<string, Staged>();
  return { begin, finish, take, takeAll };

  /** While the folders are held. What cannot be made is left to the change itself, which says why. */
  function begin(batch: Batch, puts: readonly Put[]): readonly Begun[] {
    return puts.flatMap((put) => {
      const place = batch.walk.place(put.after.path);
      if (!place.ok) return [];
      const old = lstatSync(place.value.at, { bigint: true, throwIfNoEntry: false });
      const like = old?.isFile() ? old : null;
      const content = { bytes: put.bytes, mode: put.after.mode };
      const begun = beginTemporary(batch, place.value, content, like);
      return begun === null ? [] : [{ put, ...begun }];
    });
  }

  async function finish(begun: readonly Begun[]): Promise<void> {
    const synced = await Promise.allSettled(begun.map(({ fd }) => sync(fd)));
    for (const [at, { put, place, fd }] of begun.entries()) {
      if (synced[at]?.status === 'fulfilled') {
        const stats = fstatSync(fd, { bigint: true });
        const { path, hash } = put.after;
        staged.set(keyOf(path, hash), { path, name: place.name, stats });
      }
      closeSync(fd);
    }
  }

  /** Null where it is not there, or not any more what it was when it was synced. */
  function take(target: Place, hash: string, like: BigIntStats | null): Temporary | null {
    const key = keyOf(target.path, hash);
    const found = staged.get(key);
    if (found === undefined) return null;
    staged.delete(key);
    const place = placeIn(target.folder, found.name);
    const now = lstatSync(place.at, { bigint: true, throwIfNoEntry: false });
    const isOwned = like === null || (like.uid === found.stats.uid && like.gid === found.stats.gid);
    if (now !== undefined && isOwned && isUntouched(now, found.stats)) {
      return { place, begun: found.stats };
    }
    if (now?.ino === found.stats.ino) discard(place);
    return null;
  }

  /** What no change has asked for. */
  function takeAll(): readonly Staged[] {
    const all = [...staged.values()];
    staged.clear();
    return all;
  }
}

const sync = promisify(fsync);

const keyOf = (path: string, hash: string): string => `${hash} ${path}`;

const isUntouched = (a: BigIntStats, b: BigIntStats): boolean =>
  a.dev === b.dev &&
  a.ino === b.ino &&
  a.size === b.size &&
  a.mode === b.mode &&
  a.nlink === 1n &&
  a.mtimeNs === b.mtimeNs &&
  a.ctimeNs === b.ctimeNs;
