import { ok } from '../result.ts';
import type { Image, Result } from '../types.ts';
import { isBelow } from './paths.ts';

/** The workspace as it lies, or as it will lie when some steps are done. */
export type World = {
  look(path: string, isDeep?: boolean): Result<Image>;
  /** All that lies below a folder, the deepest first. */
  below(path: string): Result<readonly Image[]>;
};

/** A world in which steps can be done in thought, to see what the next one will find. */
export type ImaginedWorld = World & {
  set(image: Image): void;
  /** A folder with all that it holds. */
  moveFolder(from: string, to: string): void;
};

export function imagineWorld(real: World): ImaginedWorld {
  const changed = new Map<string, Image>();
  /** Every step asks for the folders above it. */
  const seen = new Map<string, Image>();
  const moves: { readonly from: string; readonly to: string }[] = [];

  const world: ImaginedWorld = {
    look(path, isDeep = false) {
      const known = changed.get(path);
      if (known !== undefined && !(isDeep && known.kind === 'folder')) return ok(known);
      const origin = originOf(path);
      if (origin === null) return ok(known ?? { path, kind: 'absent' });
      // What changed below it in thought has no hash yet.
      const isWhole = isDeep && origin === path && !hasChangesBelow(path);
      const looked = isWhole ? real.look(origin, true) : lookOnce(origin);
      return looked.ok ? ok(known ?? { ...looked.value, path }) : looked;
    },
    below(path) {
      const images = new Map<string, Image>();
      // A folder that was moved in has its content from elsewhere.
      const folders = [...changed.values()].filter((image) => isBelow(image.path, path));
      for (const root of [path, ...folders.map((image) => image.path)]) {
        const origin = originOf(root);
        const found = origin === null ? ok([]) : listReally(origin);
        if (!found.ok) return found;
        for (const image of found.value) {
          const here = `${root}${image.path.slice((origin as string).length)}`;
          if (originOf(here) === image.path) images.set(here, { ...image, path: here });
        }
      }
      for (const image of changed.values()) {
        if (isBelow(image.path, path)) images.set(image.path, image);
      }
      const there = [...images.values()].filter(({ kind }) => kind !== 'absent');
      return ok(
        there.sort((a, b) => depthOf(b.path) - depthOf(a.path) || (a.path < b.path ? -1 : 1)),
      );
    },
    set({ movedFrom: _, ...image }) {
      changed.set(image.path, withoutHashBelow(image));
    },
    moveFolder(from, to) {
      moves.push({ from, to });
      for (const image of [...changed.values()]) {
        if (!isBelow(image.path, from)) continue;
        changed.delete(image.path);
        const path = `${to}${image.path.slice(from.length)}`;
        changed.set(path, { ...image, path });
      }
    },
  };
  return world;

  function lookOnce(path: string): Result<Image> {
    const known = seen.get(path);
    if (known !== undefined) return ok(known);
    const looked = real.look(path);
    if (looked.ok) seen.set(path, looked.value);
    return looked;
  }

  /** A folder that was only made in thought has nothing in it yet. */
  function listReally(path: string): Result<readonly Image[]> {
    const folder = lookOnce(path);
    if (!folder.ok) return folder;
    return folder.value.kind === 'folder' ? real.below(path) : ok([]);
  }

  /** Where the thing now at this path lies in the real world; null when it has gone from there. */
  function originOf(path: string): string | null {
    let origin = path;
    for (const { from, to } of [...moves].reverse()) {
      if (origin === to || isBelow(origin, to)) origin = `${from}${origin.slice(to.length)}`;
      else if (origin === from || isBelow(origin, from)) return null;
    }
    return origin;
  }

  function hasChangesBelow(path: string): boolean {
    for (const changedPath of changed.keys()) if (isBelow(changedPath, path)) return true;
    return false;
  }
}

/** Over what lies below a folder; the next step may change that. */
function withoutHashBelow(image: Image): Image {
  if (image.kind !== 'folder') return image;
  const { hash: _, ...folder } = image;
  return folder;
}

const depthOf = (path: string): number => path.split('/').length;
