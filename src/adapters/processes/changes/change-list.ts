import { fail, ok } from '../../../core/result.ts';
import type { CheckpointEntry, Result } from '../../../core/types.ts';
import { MOST_CHANGED, MOST_DEPTH, tooDeep } from './bounds.ts';
import { createComparer } from './compare-sights.ts';
import { type HeldFolder, holdIn, joinPath, namesIn, oddName } from './held-folder.ts';
import { lookAt, type Sight, unreadableFolder } from './look-at.ts';
import type { Pace } from './pace.ts';

/** Gathers what differs, with images as a look at the workspace would give them. */
export type ChangeList = {
  /** One name alone. */
  addOne(path: string, before: Sight, after: Sight): Promise<Result<void>>;
  /**
   * One name, with all that lies below it where a folder came or went. Below a folder that lies on
   * both sides nothing is looked at.
   */
  add(path: string, before: Found, after: Found): Promise<Result<void>>;
  /** Folders before what they hold. */
  sorted(): readonly CheckpointEntry[];
};
/** What lies at a name of a folder; null: that folder is not there itself. */
export type Found = {
  readonly folder: HeldFolder | null;
  readonly name: string;
  readonly sight: Sight;
};

export const findIn = (folder: HeldFolder | null, name: string): Found => ({
  folder,
  name,
  sight: folder === null ? { kind: 'absent' } : lookAt(folder, name),
});

export function createChangeList(pace: Pace, mostChanged = MOST_CHANGED): ChangeList {
  const entries: CheckpointEntry[] = [];
  const compare = createComparer(pace);
  return {
    addOne,
    add,
    sorted: () => entries.sort((a, b) => (a.before.path < b.before.path ? -1 : 1)),
  };

  async function add(path: string, before: Found, after: Found): Promise<Result<void>> {
    if (before.sight.kind === 'folder' && after.sight.kind === 'folder') {
      return addOne(path, before.sight, after.sight);
    }
    const [was, is] = [openFound(before, 'before'), openFound(after, 'after')];
    try {
      const added = await addOne(path, was.sight, is.sight);
      // What is refused as a whole is not told in parts.
      const isRefused = was.sight.kind === 'other' || is.sight.kind === 'other';
      if (!added.ok || isRefused) return added;
      const gone = await addBelow(path, was.inside, 'before');
      return gone.ok ? await addBelow(path, is.inside, 'after') : gone;
    } finally {
      was.inside?.release();
      is.inside?.release();
    }
  }

  async function addOne(path: string, before: Sight, after: Sight): Promise<Result<void>> {
    const paced = await pace.go();
    if (!paced.ok) return paced;
    const entry = await compare(path, before, after);
    if (!entry.ok) return entry;
    if (entry.value === null) return ok(undefined);
    if (entries.length >= mostChanged) return tooMany(mostChanged);
    entries.push(entry.value);
    return ok(undefined);
  }

  async function addBelow(
    path: string,
    folder: HeldFolder | null,
    side: 'before' | 'after',
  ): Promise<Result<void>> {
    if (folder === null) return ok(undefined);
    if (path.split('/').length >= MOST_DEPTH) return tooDeep(path);
    const { names, odd } = namesIn(folder);
    if (odd[0] !== undefined) return oddName(path, odd[0].shown);
    for (const name of names) {
      const [here, there] = [findIn(folder, name), findIn(null, name)];
      const [before, after] = side === 'before' ? [here, there] : [there, here];
      const added = await add(joinPath(path, name), before, after);
      if (!added.ok) return added;
    }
    return ok(undefined);
  }
}

type Opened = { readonly sight: Sight; readonly inside: HeldFolder | null };

/** What cannot be told of a folder can be neither made nor brought back. */
function openFound({ folder, name, sight }: Found, side: 'before' | 'after'): Opened {
  if (folder === null || sight.kind !== 'folder') return { sight, inside: null };
  const inside = holdIn(folder, name);
  return inside === null ? { sight: unreadableFolder(side), inside } : { sight, inside };
}

const tooMany = (most: number) =>
  fail('limit', `More than ${most} files and folders were changed.`, {
    hint: 'Let the program change less at a time, or run it on its own outside of TinyCode.',
  });
