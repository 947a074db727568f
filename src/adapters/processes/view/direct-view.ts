import { ok } from '../../../core/result.ts';
import type { Result } from '../../../core/types.ts';
import { compareSnapshot, takeSnapshot } from '../changes/snapshot.ts';
import { openHolder } from './holder.ts';
import type { Makers, OpenedView } from './opened-view.ts';

/** The workspace itself; what was touched is found afterwards, and not what it was before. */
export async function openDirect(given: Makers, signal: AbortSignal): Promise<Result<OpenedView>> {
  const { workspace, tools } = given;
  const snapshot = await takeSnapshot(workspace, signal);
  if (!snapshot.ok) return snapshot;
  const held = await openHolder(tools, { kind: 'plain' }, signal);
  if (!held.ok && held.error.code === 'cancelled') return held;
  const from = { folder: workspace, snapshot: snapshot.value };
  return ok({
    kind: 'direct',
    folder: workspace,
    ground: {
      holder: held.ok ? held.value : null,
      workspace,
      folder: workspace,
      openFolder: given.openFolders(workspace),
      written: null,
    },
    changes: (signal) => compareSnapshot(from, signal),
  });
}
