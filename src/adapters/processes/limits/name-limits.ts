import type { LimitName, RunLimits } from '../../../core/types.ts';
import type { TreeUse } from './use.ts';

/** All that is known of a program that has ended. */
export type SeenEnd = {
  readonly limits: RunLimits;
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** What it said on both streams. */
  readonly output: string;
  readonly droppedBytes: number;
  /** What ended it from outside: the clock, and what the watcher said. */
  readonly ended: ReadonlySet<LimitName>;
  /** What its cgroup refused. */
  readonly refused: readonly LimitName[];
  /** The highest of each number. */
  readonly peak: TreeUse;
  /** The size of the biggest file that it left. */
  readonly biggestFile: number;
};

/** The limits that a program ran into, in the order of their names. */
export function nameLimits(seen: SeenEnd): readonly LimitName[] {
  return [...seen.ended, ...seen.refused];
}
