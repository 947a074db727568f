import { join } from 'node:path';
import { ok } from '../../../core/result.ts';
import type { Result } from '../../../core/types.ts';
import { readCopyChanges } from '../changes/copy-changes.ts';
import { takeSnapshot } from '../changes/snapshot.ts';
import { copyTree } from './copy-tree.ts';
import { openHolder } from './holder.ts';
import type { Makers, OpenedView } from './opened-view.ts';

/**
 * A copy of the workspace, found in its place where that can be arranged: by a holder, or by the
 * cage of a program.
 */
export async function openCopy(
  given: Makers,
  room: string,
  signal: AbortSignal,
): Promise<Result<OpenedView>> {
  const { workspace, tools } = given;
  const copy = join(room, 'copy');
  const copied = await copyTree(workspace, copy, signal, given.copyBounds);
  if (!copied.ok) return copied;
  const snapshot = await takeSnapshot(copy, signal);
  if (!snapshot.ok) return snapshot;
  const held = await openHolder(tools, { kind: 'bind', from: copy, at: workspace }, signal);
  if (!held.ok && held.error.code === 'cancelled') return held;
  const folders = { copy, original: workspace, snapshot: snapshot.value };
  return ok({
    kind: 'copy',
    folder: copy,
    ground: {
      holder: held.ok ? held.value : null,
      workspace,
      folder: held.ok ? workspace : copy,
      openFolder: given.openFolders(copy),
      written: { folder: copy, bytes: copied.value },
    },
    changes: (signal) => readCopyChanges(folders, signal),
  });
}
