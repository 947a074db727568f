import { createCageReader } from '../../src/adapters/processes/cage/cage-reader.ts';
import { findTools } from '../../src/adapters/processes/cage/tools.ts';
import { lookForLimitTools } from '../../src/adapters/processes/limits/prlimit-words.ts';
import { createViews } from '../../src/adapters/processes/views.ts';
import { isAlive, ownProcess } from '../../src/adapters/system/processes.ts';
import { createWorkingFolders } from '../../src/adapters/workspace/working-folder.ts';
import { fail, ok } from '../../src/core/result.ts';
import type { Rung } from '../../src/core/types.ts';

/**
 * Runs a program in a view and ends at its first word: `WORKSPACE HOME STATE RUNG KIND HELD SCRIPT HOW`.
 * HOW is `exit`, or `wait` where somebody else will end it.
 */
const [, , workspace = '', home = '', state = '', rung, kind, held, script = '', how] =
  process.argv;
const env = { PATH: process.env.PATH, HOME: home };
const tools = findTools({ path: env.PATH ?? '', workspace });
const places = { workspace, state, home, config: state, cache: state };
const cages = createCageReader({
  ...{ places, env, platform: process.platform, arch: process.arch },
  user: { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 },
  tools: held === 'held' ? tools : { ...tools, nsenter: null },
});
const own = ownProcess(process.pid);
const views = createViews({
  places,
  cages:
    kind === 'overlay' ? cages : { ...cages, overlay: async () => fail('unavailable', 'None.') },
  env,
  prepareState: () => ok(undefined),
  limitTools: () => lookForLimitTools(''),
  running: { note: () => {}, end: () => {} },
  clock: { now: () => new Date(), monotonicMs: () => performance.now() },
  newId: () => String(process.hrtime.bigint()),
  processes: { own, isAlive },
  openFolders: (folder) => createWorkingFolders({ workspace: folder }),
});
const { signal } = new AbortController();
const view = await views.open({ isApart: kind !== 'direct' }, signal);
if (!view.ok) throw new Error(view.error.message);
const MB = 1024 ** 2;
const limits = {
  ...{ wallMs: 60_000, cpuMs: 60_000, memoryBytes: 500 * MB, fileBytes: MB, diskBytes: MB },
  ...{ processes: 50, openFiles: 100, outputBytes: 1000 },
};
const ran = await view.value.run(
  {
    ...{ what: 'a test', argv: ['/bin/sh', '-c', script], cwd: '.', env: {}, input: null },
    ...{ hasTerminal: false, cage: { rung: rung as Rung, network: false, limits } },
  },
  {
    onOutput(text) {
      process.stdout.write(text);
      if (how === 'exit') process.exit(3);
    },
    onUse: () => {},
  },
  signal,
);
process.stdout.write(JSON.stringify(ran));
