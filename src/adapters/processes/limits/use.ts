import type { ProgramUse } from '../../../core/types.ts';

/** A process and the moment it was born, as pids are used again. */
export type ProcessMark = { readonly pid: number; readonly born: string };

/** What a program and all that it has started use. */
export type TreeUse = Pick<
  ProgramUse,
  'pid' | 'tookMs' | 'cpuMs' | 'memoryBytes' | 'processes' | 'openFiles'
>;

/** What a cgroup counts of its members; null where it does not. */
export type GroupUse = {
  readonly cpuMs: number | null;
  readonly memoryBytes: number | null;
};

/** The highest of each number that was seen. */
export type TreePeak = TreeUse & {
  /** Processes with all their threads. */
  readonly tasks: number;
  /** Of one process, what its own limit on memory is compared with. */
  readonly dataBytes: number;
};
