import { fail, ok } from '../../core/result.ts';
import type { Result } from '../../core/types.ts';
import type { Clock, Places, View, ViewMaker } from '../../ports.ts';
import type { Cages } from './cage/cage-reader.ts';
import { sweepGroups, warmGroups } from './limits/groups.ts';
import type { LimitTools } from './limits/prlimit-words.ts';
import type { Running } from './limits/running.ts';
import type { ProcessMark } from './limits/use.ts';
import { COPY_BOUNDS, type CopyBounds } from './view/copy-tree.ts';
import { openCopy } from './view/copy-view.ts';
import { openDirect } from './view/direct-view.ts';
import type { OpenFolder } from './view/ground.ts';
import { liveView } from './view/live-view.ts';
import { openOverlay } from './view/overlay-view.ts';
import type { Runner } from './view/runner.ts';
import { strayDescriptors } from './view/stray-descriptors.ts';
import { createViewFolders } from './view/view-folders.ts';

/** Makes views of one workspace, and runs programs in them. */
export function createViews(given: {
  readonly places: Pick<Places, 'workspace' | 'state'>;
  readonly prepareState: () => Result<void>;
  readonly cages: Cages;
  readonly limitTools: () => LimitTools;
  readonly running: Running;
  /** The environment that TinyCode itself was given. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly processes: {
    readonly own: ProcessMark;
    readonly isAlive: (mark: ProcessMark) => boolean;
  };
  /** Walks below a folder, never through a link. */
  readonly openFolders: (folder: string) => OpenFolder;
  readonly copyBounds?: CopyBounds;
}): ViewMaker {
  const { cages, processes, openFolders } = given;
  const { workspace, state } = given.places;
  const { tools } = cages;
  const folders = createViewFolders({ state, tools, ...processes, ...given });
  const runner = remember((): Runner => {
    const strays = remember(strayDescriptors);
    return { ...given, limitTools: given.limitTools(), own: processes.own, strays };
  });
  const makers = { workspace, tools, openFolders, copyBounds: given.copyBounds ?? COPY_BOUNDS };

  return {
    async open({ isApart }, signal) {
      const overlay = await cages.overlay(signal);
      if (signal.aborted) return fail('cancelled', 'No view was made.');
      if (overlay.ok) {
        const opening = openIn(openOverlay, signal);
        getReady();
        const opened = await opening;
        // A copy keeps what an overlay has promised, the workspace itself would not.
        return opened.ok || opened.error.code === 'cancelled' ? opened : openIn(openCopy, signal);
      }
      if (isApart) return openIn(openCopy, signal);
      const opened = await openDirect(makers, signal);
      return opened.ok ? ok(liveView(opened.value, runner, async () => ok(undefined))) : opened;
    },
    async sweep() {
      await sweepGroups(processes.isAlive);
      return folders.sweep();
    },
  };

  /** What the first program would wait for is done while the view is being made. */
  function getReady(): void {
    void warmGroups();
    cages.prepare();
    runner().strays();
  }

  async function openIn(way: typeof openCopy, signal: AbortSignal): Promise<Result<View>> {
    const room = folders.make();
    if (!room.ok) return room;
    const opened = await way(makers, room.value, signal);
    if (opened.ok) return ok(liveView(opened.value, runner, () => folders.remove(room.value)));
    await folders.remove(room.value);
    return opened;
  }
}

/** Looked for once, when it is first needed. */
function remember<T>(look: () => T): () => T {
  let found: { readonly value: T } | null = null;
  return () => {
    found ??= { value: look() };
    return found.value;
  };
}
