import type { Result } from '../../../core/types.ts';
import { fine, type Probe, warn } from '../probe.ts';

/** Tries whether the workspace can be seen copy-on-write. Leaves nothing on the disk. */
export type OverlayTrial = { overlay(signal: AbortSignal): Promise<Result<unknown>> };

/** Whether a command can be tried on a copy-on-write view. */
export const overlayProbe = (cages: OverlayTrial): Probe => ({
  check: 'overlay',
  async run(signal) {
    const tried = await cages.overlay(signal);
    if (tried.ok) return fine('Copy-on-write views work: commands can be rehearsed.');
    return warn(
      `Copy-on-write views do not work (${tried.error.message}): commands are rehearsed on a copy.`,
      'A kernel from 5.11 on that allows user namespaces has them.',
    );
  },
});
