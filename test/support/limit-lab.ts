import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { capWords } from '../../src/adapters/processes/limits/cap-words.ts';
import { type Group, openGroup } from '../../src/adapters/processes/limits/groups.ts';
import {
  limitWords,
  lookForLimitTools,
} from '../../src/adapters/processes/limits/prlimit-words.ts';
import type { TreePeak, TreeUse } from '../../src/adapters/processes/limits/use.ts';
import { watchTree } from '../../src/adapters/processes/limits/watch-tree.ts';
import { ownProcess } from '../../src/adapters/system/processes.ts';
import type { LimitName, RunLimits } from '../../src/core/types.ts';

export const MB = 1024 * 1024;

/** What a person gets who asks for nothing. */
export const LIMITS: RunLimits = {
  wallMs: 300_000,
  cpuMs: 300_000,
  memoryBytes: 2048 * MB,
  fileBytes: 10 * MB,
  diskBytes: 1024 * MB,
  processes: 256,
  openFiles: 100,
  outputBytes: 100_000,
};
/** Small enough to be run into quickly, and to hurt nobody. */
export const TIGHT: RunLimits = { ...LIMITS, cpuMs: 60_000, memoryBytes: 96 * MB, processes: 30 };

/** Closed from all sides: whatever happens in it ends with the test. */
const BWRAP = ['bwrap', '--unshare-all', '--die-with-parent', '--ro-bind', '/', '/'];
const CAGE = [...BWRAP, '--dev', '/dev', '--proc', '/proc', '--tmpfs', '/tmp'];
/** Its outer and its inner process. */
const CAGE_WRAPPERS = 2;

const HOLDER = ['unshare', '-rmpf', '--mount-proc', '--kill-child'];
export const canCap = capWords(LIMITS).length > 0 && succeeds([...HOLDER, ...CAGE, 'true']);

export const canCage = succeeds([...CAGE, 'true']);
/** The same for an ordinary user: the kernel excuses root from some limits. */
const NOBODY = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];
export const ORDINARY_CAGE = process.getuid?.() === 0 ? [...NOBODY, ...CAGE] : CAGE;
export const canCageOrdinary = succeeds([...ORDINARY_CAGE, 'true']);
export const hasProgram = (name = ''): boolean => succeeds(['which', name]);
export const tools = lookForLimitTools(process.env.PATH ?? '');
/** Where groups can be had, and what they would hold. */
export const controllers = (() => {
  const group = openGroup('probe', TIGHT, ownProcess(process.pid));
  void group?.close();
  return group?.controllers ?? [];
})();

function succeeds([program = '', ...args]: readonly string[]): boolean {
  return spawnSync(program, args, { stdio: 'ignore' }).status === 0;
}

export type LimitedRun = {
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly output: string;
  readonly tookMs: number;
  /** What the watcher said, and when; the program was ended at its first word. */
  readonly told: readonly { readonly name: LimitName; readonly atMs: number }[];
  readonly uses: readonly TreeUse[];
  readonly peak: TreePeak;
  readonly refused: readonly LimitName[];
  /** The longest that this process could not do anything else. */
  readonly heldUpMs: number;
};

export type LimitedOptions = {
  readonly limits: RunLimits;
  /** With a cgroup, where there is one. */
  readonly isGrouped?: boolean;
  /** Without, no process has limits of its own. */
  readonly isLimited?: boolean;
  /** In a process namespace that has no more numbers to give than it may have processes. */
  readonly isCapped?: boolean;
  readonly usedBytes?: () => number | Promise<number>;
  /** More words of bwrap. */
  readonly cage?: readonly string[];
};

/** Runs a program in a cage, watched, and ends it when a limit is told, or after `MAX_MS`. */
export async function runLimited(
  argv: readonly string[],
  { limits, isGrouped, isLimited = true, isCapped, usedBytes, cage = [] }: LimitedOptions,
): Promise<LimitedRun> {
  const group = isGrouped ? openGroup('lab', limits, ownProcess(process.pid)) : null;
  const inner = isLimited ? limitWords(limits, tools, { hasOwnUsers: true }) : [];
  const outer = isCapped ? [...HOLDER, ...capWords(limits)] : [];
  const words = [...(group?.words ?? []), ...outer, ...CAGE, ...cage, '--'];
  const child = start([...words, ...inner, ...argv]);
  const startedAt = performance.now();
  const told: { name: LimitName; atMs: number }[] = [];
  const uses: TreeUse[] = [];
  const patience = setTimeout(() => kill(child), MAX_MS);
  const delays = watchDelays();
  const watch = watchTree({
    roots: () => [child.pid as number],
    wrappers: CAGE_WRAPPERS + (isCapped ? 1 : 0),
    limits,
    group,
    monotonicMs: () => performance.now(),
    usedBytes: usedBytes ?? null,
    onUse: (use) => uses.push(use),
    onLimit(name) {
      told.push({ name, atMs: performance.now() - startedAt });
      kill(child);
    },
  });
  const output = collect(child);
  const [exitCode, signal] = await once(child, 'exit');
  const tookMs = performance.now() - startedAt;
  clearTimeout(patience);
  const peak = watch.stop();
  const refused = group?.hits() ?? [];
  await endGroup(group);
  const heldUpMs = delays.stop();
  return { exitCode, signal, output: await output, tookMs, told, uses, peak, refused, heldUpMs };
}

const MAX_MS = 20_000;

function start([program = '', ...args]: readonly string[]): ChildProcess {
  return spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
}

const kill = (child: ChildProcess): void => void process.kill(-(child.pid as number), 'SIGKILL');

const endGroup = async (group: Group | null): Promise<void> => group?.close();

async function collect(child: ChildProcess): Promise<string> {
  let text = '';
  const read = [child.stdout, child.stderr].map(async (stream) => {
    for await (const bytes of stream ?? []) if (text.length < MB) text += bytes;
  });
  await Promise.all(read);
  return text;
}

function watchDelays() {
  let last = performance.now();
  let longest = 0;
  const timer = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last - TICK_MS);
    last = now;
  }, TICK_MS);
  return {
    stop() {
      clearInterval(timer);
      return longest;
    },
  };
}

const TICK_MS = 10;
