import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { type Cages, createCageReader } from '../../src/adapters/processes/cage/cage-reader.ts';
import { findTools, type Tools } from '../../src/adapters/processes/cage/tools.ts';
import { lookForLimitTools } from '../../src/adapters/processes/limits/prlimit-words.ts';
import { createRunning } from '../../src/adapters/processes/limits/running.ts';
import { createViews } from '../../src/adapters/processes/views.ts';
import { isAlive, ownProcess } from '../../src/adapters/system/processes.ts';
import { createWorkingFolders } from '../../src/adapters/workspace/working-folder.ts';
import { fail, ok } from '../../src/core/result.ts';
import {
  type Result,
  RUNGS,
  type Rung,
  type RunLimits,
  type ViewKind,
} from '../../src/core/types.ts';
import type { Places, ProgramEnd, ProgramRequest, View } from '../../src/ports.ts';
import { must } from './audit-lab.ts';
import { temporaryPlaces } from './temporary-places.ts';

/** What a program stands on. `isHeld`: in a process of ours that keeps a world for it. */
export type Stand = { readonly rung: Rung; readonly kind: ViewKind; readonly isHeld: boolean };

export const never = new AbortController().signal;
const TOOLS = findTools({ path: process.env.PATH ?? '', workspace: '/nowhere' });
const MB = 1024 * 1024;

const LIMITS: RunLimits = {
  wallMs: 20_000,
  cpuMs: 60_000,
  memoryBytes: 1024 * MB,
  fileBytes: 50 * MB,
  diskBytes: 500 * MB,
  processes: 100,
  openFiles: 100,
  outputBytes: 100_000,
};

/** A workspace, and a machine that has no more than the stand says. */
export function newViewLab(
  given: {
    readonly kind?: ViewKind;
    readonly isHeld?: boolean;
    readonly env?: Readonly<Record<string, string | undefined>>;
    readonly places?: Places;
    readonly tools?: Partial<Tools>;
    readonly copyBounds?: { readonly files: number; readonly bytes: number };
  } = {},
) {
  const { kind = 'overlay', isHeld = true } = given;
  const places = given.places ?? temporaryPlaces();
  mkdirSync(places.state, { recursive: true, mode: 0o700 });
  const env = given.env ?? { PATH: process.env.PATH, HOME: places.home };
  const tools = { ...TOOLS, ...(isHeld ? {} : { nsenter: null }), ...given.tools };
  const cages = cagesOf(places, env, tools, kind);
  const views = createViews({
    ...{ places, cages, env },
    prepareState: () => ok(undefined),
    limitTools: () => lookForLimitTools(''),
    running: createRunning({
      folder: join(places.state, 'running'),
      owner: ownProcess(process.pid),
      monotonicMs: () => performance.now(),
    }),
    clock: { now: () => new Date(), monotonicMs: () => performance.now() },
    newId: () => randomUUID().slice(0, 8),
    processes: { own: ownProcess(process.pid), isAlive },
    openFolders: (workspace) => createWorkingFolders({ workspace }),
    ...(given.copyBounds ? { copyBounds: given.copyBounds } : {}),
  });
  return {
    places,
    views,
    workspace: places.workspace,
    at: (path: string) => join(places.workspace, path),
    open: async (isApart = kind !== 'direct'): Promise<View> => {
      const view = must(await views.open({ isApart }, never));
      onTestFinished(async () => void (await view.close()));
      return view;
    },
    /** What views keep in the state folder. */
    kept: (): readonly string[] => listOf(join(places.state, 'views')),
    running: (): readonly string[] => listOf(join(places.state, 'running')),
  };
}
export type ViewLab = ReturnType<typeof newViewLab>;

function cagesOf(places: Places, env: ViewLabEnv, tools: Tools, kind: ViewKind): Cages {
  const user = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
  const { platform, arch } = process;
  const cages = createCageReader({ places, env, platform, arch, user, tools });
  if (kind === 'overlay') return cages;
  return { ...cages, overlay: async () => fail('unavailable', 'This machine has none.') };
}
type ViewLabEnv = Readonly<Record<string, string | undefined>>;

export type More = Partial<Omit<ProgramRequest, 'cage'>> & {
  readonly signal?: AbortSignal;
  readonly limits?: Partial<RunLimits>;
  readonly network?: boolean;
};

/** Runs programs in one view, on one rung. */
export function runnerIn(view: View, rung: Rung) {
  const run = (
    argv: readonly string[],
    { signal = never, limits, network = false, ...more }: More = {},
    onOutput: (text: string) => void = () => {},
  ): Promise<Result<ProgramEnd>> =>
    view.run(
      {
        ...{ what: 'a test', argv, cwd: '.', env: {}, input: null, hasTerminal: false },
        ...more,
        cage: { rung, network, limits: { ...LIMITS, ...limits } },
      },
      { onOutput, onUse: () => {} },
      signal,
    );
  return {
    run,
    sh: (script: string, more?: More, onOutput?: (text: string) => void) =>
      run(['/bin/sh', '-c', script], more, onOutput),
  };
}

/**
 * A name for processes that shows on every command line that has to do with them: those of a cage
 * have other numbers inside than outside.
 */
export function newMark() {
  const mark = `60.${Math.floor(Math.random() * 1e9) + 1e9}`;
  return {
    /** A command that lasts. */
    sleep: `sleep ${mark}`,
    /** What has to do with it and is not over. */
    pids: () => processesNamed(mark),
    /** Whether they are all there, in a while. */
    untilThere: (count: number) =>
      expect.poll(() => processesNamed(mark).length).toBeGreaterThanOrEqual(count),
    expectGone: () => expect.poll(() => processesNamed(mark)).toEqual([]),
  };
}

function processesNamed(text: string): readonly string[] {
  return listOf('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => readOrNothing(`/proc/${pid}/cmdline`).replaceAll('\0', ' '))
    .filter((line) => line.includes(text));
}

/** The holders of views of this workspace. */
export const holdersOf = ({ workspace }: ViewLab): readonly string[] =>
  processesNamed('tinycode-view').filter((line) => line.includes(dirname(workspace)));

/**
 * That no process sees anything laid over this workspace any more. One that was killed loses its
 * command line a moment before it lets go of what it has mounted.
 */
export const expectUnmounted = ({ workspace }: ViewLab) =>
  expect.poll(() => mountsBelow(workspace)).toEqual([]);

function mountsBelow(folder: string): readonly string[] {
  return listOf('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => readOrNothing(`/proc/${pid}/mountinfo`).split('\n'))
    .filter((line) => line.includes(folder));
}

function readOrNothing(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function listOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Every rung in an overlay view, and what is left on machines that have less. */
export const STANDS: readonly Stand[] = [
  ...RUNGS.map((rung) => ({ rung, kind: 'overlay', isHeld: true }) as const),
  { rung: 'L2', kind: 'copy', isHeld: true },
  { rung: 'L3', kind: 'copy', isHeld: false },
  { rung: 'L0', kind: 'copy', isHeld: false },
  { rung: 'L0', kind: 'direct', isHeld: true },
  { rung: 'L0', kind: 'direct', isHeld: false },
];

export const nameOf = ({ rung, kind, isHeld }: Stand): string =>
  `${rung} in ${kind === 'overlay' ? 'an' : 'a'} ${kind} view${isHeld ? '' : ' without a holder'}`;

/** For `describe.skipIf`: what this machine cannot be made to do. */
export async function lacks(): Promise<(stand: Stand) => boolean> {
  const folder = { workspace: '/usr/share', home: '/root', state: '/tmp/x/y', config: '/none' };
  const places = { ...folder, cache: '/none' };
  const cages = cagesOf(places, { PATH: process.env.PATH }, TOOLS, 'overlay');
  const hasOverlay = (await cages.overlay(never)).ok;
  const has = new Map<Rung, boolean>();
  for (const rung of RUNGS) has.set(rung, (await cages.has(rung, never)).ok);
  return ({ rung, isHeld }) => !has.get(rung) || (isHeld && !hasOverlay);
}
