import { join } from 'node:path';
import type { Cages } from '../adapters/processes/cage/cage-reader.ts';
import { lookForLimitTools } from '../adapters/processes/limits/prlimit-words.ts';
import { createRunning } from '../adapters/processes/limits/running.ts';
import { createProgramReader } from '../adapters/processes/limits/running-reader.ts';
import { createViews } from '../adapters/processes/views.ts';
import { createActingLock } from '../adapters/system/acting-lock.ts';
import { ensureStateFolder } from '../adapters/system/state-folder.ts';
import { createImageReader } from '../adapters/workspace/image-reader.ts';
import { createWorkingFolders } from '../adapters/workspace/working-folder.ts';
import { createWorkspaceWriter } from '../adapters/workspace/workspace-writer.ts';
import type { Places, ProgramReader } from '../ports.ts';
import type { Hands } from '../runtime/deps.ts';
import type { Basics } from './basics.ts';
import type { Start } from './beginning.ts';

/** All that can change a workspace's files and run programs in it. */
export function openHands({ places, env }: Start, basics: Basics, cages: Cages): Hands {
  const { clock, processes, newId } = basics;
  const { workspace } = places;
  const prepareState = () => ensureStateFolder(places);
  const running = createRunning({
    folder: runningFolder(places),
    owner: processes.own,
    monotonicMs: clock.monotonicMs,
  });
  return {
    files: createWorkspaceWriter({ workspace }),
    views: createViews({
      ...{ places, prepareState, cages, running, env, clock, processes },
      limitTools: () => lookForLimitTools(env.PATH ?? ''),
      newId: () => newId(VIEW_ID_LENGTH),
      openFolders: (folder) => createWorkingFolders({ workspace: folder }),
    }),
    inFolder: (folder) => ({
      // A second name would be made of the copy that an overlay makes first: another file.
      files: createWorkspaceWriter({ workspace: folder, hasHardLinks: false }),
      images: createImageReader({ workspace: folder, umask: process.umask() }),
    }),
    lock: createActingLock({ places, pid: process.pid, prepareState }),
  };
}

/** The programs that hands have started, and those of other TinyCodes in the workspace. */
export const openProgramReader = (
  { places }: Start,
  { clock, processes: { isAlive } }: Basics,
): ProgramReader => createProgramReader({ folder: runningFolder(places), isAlive, now: clock.now });

const runningFolder = ({ state }: Places): string => join(state, 'running');

const VIEW_ID_LENGTH = 12;
