import { fail, ok } from '../../../core/result.ts';
import { type CageReport, type Result, RUNGS, type Rung } from '../../../core/types.ts';
import type { CageReader, Places } from '../../../ports.ts';
import { cageCommand } from './cage-command.ts';
import { isInSight } from './in-sight.ts';
import type { CageCommand, Inside, Means } from './inside.ts';
import { createLookAhead } from './look-ahead.ts';
import { lookAround, type Surroundings } from './surroundings.ts';
import { findTools, type Tools } from './tools.ts';
import { tryOverlay, type UpperPlace } from './try-overlay.ts';
import { type Tried, tryRung } from './try-rung.ts';

/** The reader that commands hold, and what else views and checks need of it. */
export type Cages = CageReader & {
  readonly tools: Tools;
  /** `unavailable` where that very rung cannot be had here; never another rung. */
  enclose(rung: Rung, inside: Inside, signal: AbortSignal): Promise<Result<CageCommand>>;
  /** Looks around ahead of a program that is started in a moment. */
  prepare(): void;
  /** Whether the workspace can be seen copy-on-write, and where what is written can lie then. */
  overlay(signal: AbortSignal): Promise<Result<UpperPlace>>;
};

/**
 * Everything is tried once, when it is first asked for; who asks meanwhile waits for the same. A
 * trial is short and serves all of them, so nobody's signal ends it.
 */
export function createCageReader(given: {
  readonly places: Places;
  /** The environment that TinyCode itself was given. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
  readonly arch: string;
  readonly user: { readonly uid: number; readonly gid: number };
  /** Those of the system where nothing else is said. */
  readonly tools?: Tools;
}): Cages {
  const { places, env, platform, arch, user } = given;
  const { workspace } = places;
  const tools = given.tools ?? findTools({ path: env.PATH ?? '', workspace });
  const means: Means = {
    ...{ platform, arch, user, tools },
    ...{ isBwrapOld: false, isUnfiltered: false, hasOwnProcesses: true },
  };
  const look = (hasNetwork: boolean) => lookAround({ places, env, uid: user.uid, hasNetwork });
  const ahead = createLookAhead(() => look(false));
  const disregards = (rung: Rung) => rung === 'L0' || (rung === 'L1' && platform !== 'darwin');
  const around = (rung: Rung, { hasNetwork }: Inside): Surroundings => {
    if (disregards(rung)) return NO_MATTER;
    return hasNetwork ? look(true) : ahead.take();
  };
  const rungs = new Map<Rung, Promise<Tried>>();
  const tryOnce = (rung: Rung): Promise<Tried> => {
    const tried = rungs.get(rung) ?? tryTwice(rung);
    rungs.set(rung, tried);
    return tried;
  };
  /** What was to be hidden may be gone when it is tried: it is looked at once more. */
  const tryTwice = async (rung: Rung): Promise<Tried> => {
    const tried = await tryRung(rung, probeInside(workspace), means, look(false));
    return tried.holds || tried.isLate
      ? tried
      : tryRung(rung, probeInside(workspace), means, look(false));
  };
  let view: Promise<Result<UpperPlace>> | null = null;
  const overlay = () => {
    view ??= tryOverlay(places, means);
    return view;
  };
  return {
    tools,
    overlay,
    prepare: ahead.prepare,
    report: async () => {
      const [found, upper] = await Promise.all([climb(tryOnce), overlay()]);
      return describe(found, means, upper.ok);
    },
    has: async (rung) => {
      const tried = await tryOnce(rung);
      return tried.holds ? ok(undefined) : refuse(rung, tried.why);
    },
    shows: (rung, path) => isInSight(rung, path, disregards(rung) ? NO_MATTER : look(false)),
    enclose: async (rung, inside) => {
      const tried = await tryOnce(rung);
      if (!tried.holds) return refuse(rung, tried.why);
      return ok(cageCommand(rung, inside, tried.means, around(rung, inside)));
    },
  };
}

/** These rungs leave the disk as it is. */
const NO_MATTER: Surroundings = { system: [], around: [] };

type Found = { readonly rung: Rung; readonly means: Means | null; readonly why: string };

/** The strongest that holds, and why none that is stronger does. */
async function climb(tryOnce: (rung: Rung) => Promise<Tried>): Promise<Found> {
  const reasons = new Set<string>();
  const why = () => [...reasons].join('; ');
  for (const rung of RUNGS.toReversed()) {
    const tried = await tryOnce(rung);
    if (tried.holds) return { rung, means: tried.means, why: why() };
    reasons.add(tried.why);
  }
  return { rung: 'L0', means: null, why: why() };
}

function describe(
  { rung, means, why }: Found,
  { platform }: Means,
  hasOverlay: boolean,
): CageReport {
  const view = hasOverlay ? 'overlay' : 'direct';
  switch (rung) {
    case 'L3':
      return { rung, view, by: 'bwrap', holds: HOLDS.L3, why };
    case 'L2':
      return platform === 'darwin'
        ? { rung, view, by: 'sandbox-exec', holds: HOLDS.mac, why }
        : { rung, view, by: 'bwrap', holds: HOLDS.L2, why };
    case 'L1':
      return {
        ...{ rung, view, by: 'unshare', why },
        holds: means?.hasOwnProcesses ? HOLDS.L1 : HOLDS.network,
      };
    case 'L0':
      return { rung, view, by: 'none', holds: HOLDS.L0, why };
    default:
      throw new Error(`unknown rung ${rung satisfies never}`);
  }
}

const HOLDS = {
  L3: 'bwrap with only the system folders and tool chains in sight, no network, no capabilities, and a filter of system calls',
  L2: 'bwrap over the whole disk read-only but for what is private, no network, no capabilities',
  mac: 'sandbox-exec: no network, and no writing outside of the workspace and temporary folders',
  L1: 'unshare: no network and no other processes, but commands can write whatever you can',
  network: 'unshare: no network, but commands can write whatever you can',
  L0: 'no sandbox: every command needs its own approval, and the strict levels refuse all',
};

const refuse = (rung: Rung, why: string) =>
  fail('unavailable', `The cage ${rung} cannot be had here: ${why}.`, {
    hint: 'doctor says what this machine has, and what it needs for more.',
  });

/** A program that must not write anything, as it is there to find out whether it could. */
const probeInside = (workspace: string): Inside => ({
  workspace,
  folder: workspace,
  cwd: workspace,
  env: { PATH: '/usr/bin:/bin:/usr/sbin:/sbin', LC_ALL: 'C' },
  hasNetwork: false,
  isWritable: false,
  isHeld: false,
  tempBytes: 1024 * 1024,
});
