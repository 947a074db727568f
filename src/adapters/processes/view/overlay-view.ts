import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fail, ok } from '../../../core/result.ts';
import type { Result } from '../../../core/types.ts';
import { readOverlayChanges } from '../changes/overlay-changes.ts';
import { openHolder } from './holder.ts';

import { UPPER } from './holder-script.ts';
import type { Makers, OpenedView } from './opened-view.ts';
import { describeGone } from './start-failure.ts';

/** The workspace with a layer above it that takes all that is written. */
export async function openOverlay(
  given: Makers,
  /** Empty, and not in the workspace. */
  room: string,
  signal: AbortSignal,
): Promise<Result<OpenedView>> {
  const { workspace, tools } = given;
  try {
    for (const name of ['upper', 'work']) mkdirSync(join(room, name), { mode: 0o700 });
  } catch (cause) {
    return fail('failed', `The folders of a view cannot be made in ${room}.`, { cause });
  }
  const scene = { kind: 'overlay', workspace, folder: room } as const;
  const held = await openHolder(tools, scene, signal);
  if (!held.ok) return held;
  const holder = held.value;
  const folder = `${holder.root}${workspace}`;
  // Also where it lies in memory, or behind what was laid over it. The dot ends on no link.
  const upper = `/proc/${holder.pid}/fd/${UPPER}/.`;
  return ok({
    kind: 'overlay',
    folder,
    ground: {
      holder,
      workspace,
      folder: workspace,
      openFolder: given.openFolders(folder),
      written: { folder: upper, bytes: 0 },
    },
    async changes(signal) {
      const found = await readOverlayChanges({ upper, merged: folder, lower: workspace }, signal);
      // Its number may be that of another process by then.
      return holder.isOver() ? describeGone() : found;
    },
  });
}
