import { fail, ok } from '../../../core/result.ts';
import type { CheckpointEntry, Result } from '../../../core/types.ts';
import { MOST_CHANGED, MOST_DEPTH, tooDeep } from './bounds.ts';
import { type ChangeList, createChangeList, type Found, findIn } from './change-list.ts';
import {
  type HeldFolder,
  holdIn,
  holdTop,
  joinPath,
  type Names,
  namesIn,
  oddName,
} from './held-folder.ts';
import { unreadableFolder } from './look-at.ts';
import { createPace } from './pace.ts';

/** Folders, as this process reaches them. */
export type OverlayFolders = {
  /** Holds what was written. */
  readonly upper: string;
  /** What the programs see. */
  readonly merged: string;
  /** The workspace itself. */
  readonly lower: string;
};

/**
 * All that an overlay view differs in from the workspace below it, folders before what they hold.
 * The upper folder says where to look, and what lies there is read in the merged one: so what the
 * kernel notes about deleted and opaque folders need not be known.
 */
export async function readOverlayChanges(
  folders: OverlayFolders,
  signal: AbortSignal,
  mostChanged = MOST_CHANGED,
): Promise<Result<readonly CheckpointEntry[]>> {
  const list = createChangeList(createPace(signal), mostChanged);
  const held: HeldFolder[] = [];
  try {
    for (const path of [folders.upper, folders.merged, folders.lower]) {
      const top = holdTop(path);
      if (!top.ok) return top;
      held.push(top.value);
    }
    const [upper, merged, lower] = held as [HeldFolder, HeldFolder, HeldFolder];
    const compared = await compareFolders('', { upper, merged, lower }, list);
    return compared.ok ? ok(list.sorted()) : compared;
  } catch (cause) {
    return fail('unreadable', `The changes in ${folders.merged} cannot be read.`, { cause });
  } finally {
    for (const each of held) each.release();
  }
}

/** One folder that lies in all three. */
type Layers = {
  readonly upper: HeldFolder;
  readonly merged: HeldFolder;
  readonly lower: HeldFolder;
};

async function compareFolders(
  path: string,
  layers: Layers,
  list: ChangeList,
): Promise<Result<void>> {
  const { upper, merged, lower } = layers;
  const names = touchedIn(path, namesIn(upper), namesIn(merged), namesIn(lower));
  if (!names.ok) return names;
  for (const name of names.value) {
    const inner = joinPath(path, name);
    const [before, after] = [findIn(lower, name), findIn(merged, name)];
    const areFolders = before.sight.kind === 'folder' && after.sight.kind === 'folder';
    const added = areFolders
      ? await compareInner(inner, { before, after }, layers, list)
      : await list.add(inner, before, after);
    if (!added.ok) return added;
  }
  return ok(undefined);
}

/** What was written, and what is on one side alone. */
function touchedIn(
  path: string,
  upper: Names,
  merged: Names,
  lower: Names,
): Result<readonly string[]> {
  const [inUpper, inMerged, inLower] = [upper, merged, lower].map(
    ({ names, odd }) => new Set([...names, ...odd.map(({ shown }) => `\0${shown}`)]),
  ) as [Set<string>, Set<string>, Set<string>];
  const touched = new Set(inUpper);
  for (const name of inMerged) if (!inLower.has(name)) touched.add(name);
  for (const name of inLower) if (!inMerged.has(name)) touched.add(name);
  const names = [...touched];
  const odd = names.find((name) => name.startsWith('\0'));
  return odd === undefined ? ok(names) : oddName(path, odd.slice(1));
}

/** A folder of both sides; it is looked into where anything below it was written. */
async function compareInner(
  path: string,
  { before, after }: { readonly before: Found; readonly after: Found },
  above: Layers,
  list: ChangeList,
): Promise<Result<void>> {
  if (path.split('/').length >= MOST_DEPTH) return tooDeep(path);
  const upper = holdIn(above.upper, before.name);
  const merged = holdIn(above.merged, before.name);
  const lower = holdIn(above.lower, before.name);
  try {
    if (upper !== null && merged !== null && lower !== null) {
      const added = await list.add(path, before, after);
      return added.ok ? await compareFolders(path, { upper, merged, lower }, list) : added;
    }
    const was = lower === null ? unreadableFolder('before') : before.sight;
    const is = merged === null || lower !== null ? unreadableFolder('after') : after.sight;
    return list.add(path, { ...before, sight: was }, { ...after, sight: is });
  } finally {
    for (const each of [upper, merged, lower]) each?.release();
  }
}
