import type { LimitName, RunLimits } from '../../../core/types.ts';
import { createAlarm } from './alarm.ts';
import { heldBytes } from './disk-use.ts';
import type { Group } from './groups.ts';
import { mostTasks } from './most-tasks.ts';
import { createSampler, type Sample } from './tree-sampler.ts';
import type { TreePeak, TreeUse } from './use.ts';

export type WatchedTree = {
  /** The processes that TinyCode itself started for the program. */
  readonly roots: () => readonly number[];
  /**
   * How many processes of the cage stand, one below the other, from a root to the program: its
   * own helpers are neither counted nor shown.
   */
  readonly wrappers: number;
  readonly limits: RunLimits;
  readonly group: Group | null;
  readonly monotonicMs: () => number;
  /** All that was written so far; null where nobody can say. Must be bounded. */
  readonly usedBytes: (() => number | Promise<number>) | null;
  /** At most four times a second. */
  readonly onUse: (use: TreeUse) => void;
  /** Once for each limit; the caller then ends the program. */
  readonly onLimit: (name: WatchedLimit) => void;
};

export type WatchedLimit = Extract<LimitName, 'cpu' | 'memory' | 'processes' | 'disk'>;

export type TreeWatch = {
  /** Sampled at this moment. */
  look(): TreeUse;
  /** Ends the watching; of each number the highest that was seen. */
  stop(): TreePeak;
};

/** Watches a program with all that it starts, from outside. */
export function watchTree(tree: WatchedTree): TreeWatch {
  const { limits, group, monotonicMs } = tree;
  const startedAt = monotonicMs();
  const sample = createSampler({ ...tree, exactFromBytes: limits.memoryBytes });
  const alarm = createAlarm(limits);
  const told = new Set<WatchedLimit>();
  let peak: TreePeak = NOTHING;
  let lastUse = Number.NEGATIVE_INFINITY;
  let nextAt = startedAt;
  let soonestAt = startedAt;
  let pids: readonly number[] = [];
  let isStopped = false;
  let timer = setTimeout(turn, TICK_MS);
  let diskTimer = tree.usedBytes === null ? null : setTimeout(turnDisk, DISK_MS);

  return {
    look: () => numbersOf(take()),
    stop() {
      if (!isStopped) take();
      isStopped = true;
      clearTimeout(timer);
      if (diskTimer !== null) clearTimeout(diskTimer);
      return peak;
    },
  };

  function turn(): void {
    const began = monotonicMs();
    if (began < nextAt && !(began >= soonestAt && alarm.rings())) {
      timer = setTimeout(turn, TICK_MS);
      return;
    }
    const seen = take();
    if (isStopped) return;
    // What is drawn and written of it is no part of what the looking costs.
    const cost = monotonicMs() - began;
    if (began - lastUse >= USE_MS) {
      lastUse = began;
      tree.onUse(numbersOf(seen));
    }
    if (isStopped) return;
    nextAt = began + waitFor(cost, began - startedAt < QUICK_FOR_MS ? QUICK_MS : USE_MS);
    soonestAt = began + cost * LEAST_SPARING;
    alarm.reset();
    timer = setTimeout(turn, TICK_MS);
  }

  function take(): Sample {
    const seen = sample(Math.round(monotonicMs() - startedAt));
    pids = seen.pids;
    peak = raise(peak, seen);
    if (!isStopped) for (const name of exceeded(seen)) tell(name);
    return seen;
  }

  function exceeded(seen: Sample): readonly WatchedLimit[] {
    const refused = group?.hits() ?? [];
    const over: [WatchedLimit, boolean][] = [
      ['cpu', seen.cpuMs > limits.cpuMs],
      ['memory', refused.includes('memory') || isOverMemory(seen)],
      ['processes', refused.includes('processes') || isOverProcesses(seen)],
    ];
    return over.flatMap(([name, isOver]) => (isOver ? [name] : []));
  }

  /** Also of what has left its group, as root may. */
  function isOverMemory({ memoryBytes, isUpperBound }: Sample): boolean {
    return !isUpperBound && memoryBytes > limits.memoryBytes;
  }

  function isOverProcesses({ processes, tasks }: Sample): boolean {
    return processes > limits.processes || tasks > mostTasks(limits.processes);
  }

  async function turnDisk(): Promise<void> {
    const began = monotonicMs();
    const used = ((await tree.usedBytes?.()) ?? 0) + heldBytes(pids);
    if (isStopped) return;
    if (used > limits.diskBytes) tell('disk');
    diskTimer = setTimeout(turnDisk, waitFor(monotonicMs() - began, DISK_MS));
  }

  function tell(name: WatchedLimit): void {
    if (told.has(name)) return;
    told.add(name);
    tree.onLimit(name);
  }
}

const TICK_MS = 20;
const QUICK_MS = 100;
const QUICK_FOR_MS = 3000;
/** A person reads no faster. */
const USE_MS = 250;
const DISK_MS = 500;
/** Looking costs no more than one part in so many of a processor, whatever there is to look at. */
const SPARING = 20;
/** And when there is an alarm. */
const LEAST_SPARING = 4;
const MAX_WAIT_MS = 5000;

const waitFor = (costMs: number, leastMs: number): number =>
  Math.min(MAX_WAIT_MS, Math.max(leastMs, costMs * SPARING));

const NOTHING: TreePeak = {
  pid: 0,
  tookMs: 0,
  cpuMs: 0,
  memoryBytes: 0,
  processes: 0,
  openFiles: 0,
  tasks: 0,
  dataBytes: 0,
};

const numbersOf = ({ pid, tookMs, cpuMs, memoryBytes, processes, openFiles }: Sample): TreeUse => ({
  pid,
  tookMs,
  cpuMs,
  memoryBytes,
  processes,
  openFiles,
});

const raise = (peak: TreePeak, seen: Sample): TreePeak => ({
  pid: seen.pid,
  tookMs: seen.tookMs,
  cpuMs: Math.max(peak.cpuMs, seen.cpuMs),
  memoryBytes: Math.max(peak.memoryBytes, seen.memoryBytes),
  processes: Math.max(peak.processes, seen.processes),
  openFiles: Math.max(peak.openFiles, seen.openFiles),
  tasks: Math.max(peak.tasks, seen.tasks),
  dataBytes: Math.max(peak.dataBytes, seen.dataBytes),
});
