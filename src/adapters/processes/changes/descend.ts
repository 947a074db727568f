import { type HeldFolder, holdIn } from './held-folder.ts';

/**
 * Reaches the folders below one, never through a link, for paths that come in their order: what
 * one path needs is kept open for the next. `release` leaves the first folder to its owner.
 */
export type Descent = {
  /** Null where it is not there, or is no folder. */
  to(path: string): HeldFolder | null;
  release(): void;
};

export function createDescent(top: HeldFolder): Descent {
  const held: { readonly name: string; readonly folder: HeldFolder }[] = [];
  return { to, release: () => cut(0) };

  function to(path: string): HeldFolder | null {
    const names = path === '' ? [] : path.split('/');
    const kept = held.findIndex(({ name }, at) => names[at] !== name);
    cut(kept === -1 ? Math.min(held.length, names.length) : kept);
    for (const name of names.slice(held.length)) {
      const folder = holdIn(held.at(-1)?.folder ?? top, name);
      if (folder === null) return null;
      held.push({ name, folder });
    }
    return held.at(-1)?.folder ?? top;
  }

  function cut(length: number): void {
    for (const { folder } of held.splice(length)) folder.release();
  }
}

/** The folder of a path and its last name. */
export function splitPath(path: string): readonly [folder: string, name: string] {
  const at = path.lastIndexOf('/');
  return at === -1 ? ['', path] : [path.slice(0, at), path.slice(at + 1)];
}
