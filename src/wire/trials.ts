import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { copySmall, liftSmall, writeSmall } from '../adapters/trials/small-copy.ts';
import type { createTrialFolders } from '../adapters/trials/trial-folders.ts';
import { ok } from '../core/result.ts';
import type { Result } from '../core/types.ts';
import type { ConfigReader, Settings } from '../ports.ts';
import type { Deps, TrialMaker, TrialPlace, TrialRoom, TrialWish } from '../runtime/deps.ts';
import { openSession } from '../runtime/session.ts';
import type { Start } from './beginning.ts';

type Given = {
  readonly start: Start;
  readonly settings: Settings;
  readonly folders: ReturnType<typeof createTrialFolders>;
  readonly open: (start: Start, config: ConfigReader, settings: Settings) => Deps;
};

/** Makes TinyCodes on copies of small folders, each with a state that goes with it. */
export function createTrialMaker(given: Given): TrialMaker {
  const { folders } = given;
  return {
    async open() {
      const swept = await removeAll(folders.left(), folders.remove);
      if (!swept.ok) return swept;
      const room = folders.make();
      return room.ok ? ok(roomIn(given, room.value)) : room;
    },
  };
}

function roomIn(given: Given, room: string): TrialRoom {
  const caches = join(room, 'caches');
  return {
    caches,
    keep: (path, bytes) =>
      bytes === null ? writeSmall(join(caches, path), {}) : writeSmall(caches, { [path]: bytes }),
    begin: (wish) => begin(given, join(room, randomUUID().slice(0, ID_LENGTH)), wish),
    close: () => given.folders.remove(room),
  };
}

const ID_LENGTH = 8;

function begin(given: Given, folder: string, wish: TrialWish): Result<TrialPlace> {
  const workspace = join(folder, 'project');
  const { from, model, level, env } = wish;
  const made = typeof from === 'string' ? copySmall(from, workspace) : writeSmall(workspace, from);
  if (!made.ok) return made;
  const settings: Settings = { ...given.settings, mode: 'execute', level, model };
  const places = {
    workspace,
    home: given.start.places.home,
    state: join(folder, 'state', 'workspaces', 'project'),
    config: join(folder, 'config'),
    cache: join(folder, 'cache'),
    warnings: [],
  };
  const start: Start = { ...given.start, places, env: { ...given.start.env, ...env } };
  const deps = given.open(start, fixedConfig(settings), settings);
  const opening = {
    session: 'trial',
    workspace,
    door: 'headless',
    mode: 'execute',
    level,
  } as const;
  const session = openSession(deps, { opening, resumed: null, isRecorded: true, listener: {} });
  return ok({
    folder: workspace,
    deps,
    session,
    lay: (other) => copySmall(other, workspace),
    lift: (other) => liftSmall(other, workspace),
    async close() {
      await session.close();
      return given.folders.remove(folder);
    },
  });
}

/** Nothing of a person's configuration but what is in force already. */
const fixedConfig = (settings: Settings): ConfigReader => ({
  load: () => ok({ settings, all: [], untrusted: [] }),
  schema: () => ({}),
});

async function removeAll(
  folders: readonly string[],
  remove: (folder: string) => Promise<Result<void>>,
): Promise<Result<void>> {
  for (const folder of folders) {
    const removed = await remove(folder);
    if (!removed.ok) return removed;
  }
  return ok(undefined);
}
