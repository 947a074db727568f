import { type BigIntStats, closeSync, existsSync } from 'node:fs';
import { fail, ok } from '../../core/result.ts';
import type { Result } from '../../core/types.ts';
import type { Refusal } from './failures.ts';
import { type Folder, isAt, openFolder, type Place, placeIn } from './held-folder.ts';
import { namesOf } from './path-names.ts';

/** Lasts for one call of `withWalk`. */
export type Walk = {
  place(path: string): Result<Place>;
  /** The folder with that path; the workspace itself has an empty one. */
  folder(path: string): Result<Folder>;
  /** Forgets what is held at a path that was moved or removed. */
  forget(path: string): void;
  /** Closes what was not used lately. No folder of before may be used afterwards. */
  trim(): void;
};

/**
 * Without /proc (macOS) a held folder cannot be walked from. There `base` is its path, it is
 * compared with what is held before and after each use, and what is swapped in between is found
 * out, but not prevented.
 */
export type WalkOptions = { readonly workspace: string; readonly hasDescriptorPaths: boolean };

export const hasDescriptorPaths = (): boolean => existsSync('/proc/self/fd');

/** Opens the folders of a workspace one by one, each below the one before it, never through a link. */
export function createWalks({ workspace, hasDescriptorPaths }: WalkOptions) {
  let known: BigIntStats | null = null;
  return { withWalk, openBelow, stands };

  /** All that is opened for `act` is closed when it returns. */
  function withWalk<T>(act: (walk: Walk) => Result<T>): Result<T> {
    const root = openRoot();
    if (!root.ok) return root;
    const held = new Map<string, Folder>();
    try {
      return act({ place, folder, forget, trim });
    } finally {
      for (const each of held.values()) closeSync(each.fd);
      closeSync(root.value.fd);
    }

    function place(path: string): Result<Place> {
      const names = namesOf(path);
      if (!names.ok) return names;
      const found = descend(names.value.slice(0, -1));
      if (!found.ok) return found;
      return ok(placeIn(found.value, names.value.at(-1) as string));
    }

    function folder(path: string): Result<Folder> {
      if (path === '') return root;
      const names = namesOf(path);
      return names.ok ? descend(names.value) : names;
    }

    function descend(names: readonly string[]): Result<Folder> {
      let above = root.ok ? root.value : null;
      for (const name of names) {
        const next = step(above as Folder, name);
        if (!next.ok) return next;
        above = next.value;
      }
      return ok(above as Folder);
    }

    /** A folder that is held already serves only as long as it still lies under its name. */
    function step(above: Folder, name: string): Result<Folder> {
      const { path } = placeIn(above, name);
      const old = held.get(path);
      if (old !== undefined) {
        held.delete(path);
        if (isAt(old, `${above.base}/${name}`)) {
          held.set(path, old);
          return ok(old);
        }
        closeSync(old.fd);
        forget(path);
      }
      const opened = openBelow(above, name);
      if (opened.ok) held.set(path, opened.value);
      return opened;
    }

    function forget(path: string): void {
      for (const [key, each] of held) {
        if (key !== path && !key.startsWith(`${path}/`)) continue;
        closeSync(each.fd);
        held.delete(key);
      }
    }

    function trim(): void {
      for (const [key, each] of held) {
        if (held.size <= MAX_HELD) return;
        closeSync(each.fd);
        held.delete(key);
      }
    }
  }

  function openRoot(): Result<Folder> {
    const opened = openFolder(workspace, workspace);
    if (!opened.ok) return opened;
    const { fd, stats } = opened.value;
    known ??= stats;
    if (stats.dev !== known.dev || stats.ino !== known.ino) {
      closeSync(fd);
      return fail('changed', `The workspace ${workspace} is another folder than it was.`, {
        hint: 'Start TinyCode anew.',
      });
    }
    return ok(heldFolder('', workspace, fd, stats));
  }

  /** Opens one folder in a held one; who calls closes it. */
  function openBelow(above: Folder, name: string): Result<Folder> {
    const { path, at } = placeIn(above, name);
    const opened = openFolder(at, path);
    if (!opened.ok) return opened;
    const { fd, stats } = opened.value;
    const refusal =
      stats.dev !== above.dev
        ? fail('denied', `${path} lies on another file system than the workspace.`, {
            hint: 'Start TinyCode in that folder.',
          })
        : swapped(above, path);
    if (refusal === null) return ok(heldFolder(path, at, fd, stats));
    closeSync(fd);
    return refusal;
  }

  function heldFolder(path: string, at: string, fd: number, { dev, ino }: BigIntStats): Folder {
    return { path, fd, base: hasDescriptorPaths ? `/proc/self/fd/${fd}` : at, dev, ino };
  }

  function swapped(folder: Folder, path: string): Refusal | null {
    const hint = 'Another program moves folders here. Try again when it is done.';
    return stands(folder) ? null : fail('changed', `A folder above ${path} was swapped.`, { hint });
  }

  /** Where descriptors lead there is nothing to be found out. */
  function stands(folder: Folder): boolean {
    return hasDescriptorPaths || isAt(folder, folder.base);
  }
}

/** Held at one time, but for those that one change needs. */
const MAX_HELD = 64;
