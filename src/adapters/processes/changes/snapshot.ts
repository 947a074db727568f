import { setTimeout as sleep } from 'node:timers/promises';
import { fail, ok } from '../../../core/result.ts';
import type { CheckpointEntry, Result } from '../../../core/types.ts';
import { cancelled, MOST_IN_SNAPSHOT } from './bounds.ts';
import { createChangeList, findIn } from './change-list.ts';
import { createDescent, splitPath } from './descend.ts';
import { holdTop } from './held-folder.ts';
import type { Sight } from './look-at.ts';
import { createPace } from './pace.ts';
import { findTouched, type Seen, type Snapshot, seeFolder } from './see-folder.ts';

export type { Snapshot };

/** Of all below a folder, of what is ignored too. Nothing may run in it before this returns. */
export async function takeSnapshot(
  folder: string,
  signal: AbortSignal,
  most = MOST_IN_SNAPSHOT,
): Promise<Result<Snapshot>> {
  const snapshot = await seeFolder(folder, signal, most);
  if (!snapshot.ok) return snapshot;
  // Some file systems count time in ticks: what is changed from here on has to get another time.
  const isAborted = await sleep(TICK_MS, false, { signal }).catch(() => true);
  return isAborted ? cancelled() : snapshot;
}

const TICK_MS = 20;

/**
 * All that was touched in a folder since a snapshot of it. What a file held before is not known:
 * its image before is an `other` that says so, and nothing can bring it back. A file that only got
 * another mode or time cannot be told from one that was written, and is one of them.
 */
export async function compareSnapshot(
  given: { readonly folder: string; readonly snapshot: Snapshot },
  signal: AbortSignal,
): Promise<Result<readonly CheckpointEntry[]>> {
  const { folder, snapshot } = given;
  const touched = await findTouched(folder, snapshot, signal);
  if (!touched.ok) return touched;
  const top = holdTop(folder);
  if (!top.ok) return top;
  const descent = createDescent(top.value);
  const list = createChangeList(createPace(signal));
  try {
    for (const { path, was, is } of touched.value) {
      const [above, name] = splitPath(path);
      const isNamed = is !== null && !is.isOdd;
      const after = isNamed ? findIn(descent.to(above), name).sight : sightOf(is, 'after');
      const added = await list.addOne(path, sightOf(was, 'before'), after);
      if (!added.ok) return added;
    }
    return ok(list.sorted());
  } catch (cause) {
    return fail('unreadable', `The changes in ${folder} cannot be read.`, { cause });
  } finally {
    descent.release();
    top.value.release();
  }
}

/** As much as a snapshot knows; two of its files are never the same. */
function sightOf(seen: Seen | null, side: 'before' | 'after'): Sight {
  if (seen === null) return { kind: 'absent' };
  const { image } = seen;
  switch (image.kind) {
    case 'folder':
      return { kind: 'folder', mode: image.mode };
    case 'link':
      return { kind: 'link', target: image.target };
    default:
      return { kind: 'other', what: image.kind === 'other' ? image.what : '', mark: side };
  }
}
