import type { LimitName, RunLimits } from '../../../core/types.ts';
import type { Group } from './groups.ts';
import type { TreeUse } from './use.ts';

export type TreeWatch = {
  /** Sampled at this moment. */
  look(): TreeUse;
  /** Ends the watching; of each number the highest that was seen. */
  stop(): TreeUse;
};

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
  readonly onLimit: (name: Extract<LimitName, 'cpu' | 'memory' | 'processes' | 'disk'>) => void;
};

/** Watches a program with all that it starts, from outside. */
export function watchTree(_tree: WatchedTree): TreeWatch {
  const none = { pid: 0, tookMs: 0, cpuMs: 0, memoryBytes: 0, processes: 0, openFiles: 0 };
  return { look: () => none, stop: () => none };
}
