import type { RunLimits } from '../../../core/types.ts';
import { findMembers, type Member } from './find-members.ts';
import type { Group } from './groups.ts';
import { countOpenFiles, TICK_MS } from './read-process.ts';
import { createCpuMeter } from './tree-cpu.ts';
import { createMemoryMeter } from './tree-memory.ts';
import type { TreeUse } from './use.ts';

export type Sample = TreeUse & {
  readonly tasks: number;
  readonly dataBytes: number;
  /** The memory is not sure to be as much. */
  readonly isUpperBound: boolean;
  readonly pids: readonly number[];
};

/** Looks at the same tree again and again. `wrappers`: see `WatchedTree`. */
export function createSampler(given: {
  readonly roots: () => readonly number[];
  readonly wrappers: number;
  readonly limits: RunLimits;
  readonly group: Group | null;
  /** Above it, what several processes share is not counted for each of them. */
  readonly exactFromBytes: number;
}): (tookMs: number) => Sample {
  const { roots, wrappers, limits, group, exactFromBytes } = given;
  let known: ReadonlyMap<number, Member> = new Map();
  let program = 0;
  const measureCpu = createCpuMeter();
  const measureMemory = createMemoryMeter();

  return (tookMs) => {
    const top = roots();
    known = findMembers({
      roots: top,
      known: known.values(),
      others: group?.pids() ?? [],
      depth: wrappers,
      most: limits.processes + wrappers * top.length + 1,
    });
    const members = [...known.values()];
    const inside = members.filter(({ depth }) => depth >= wrappers);
    program ||= inside[0]?.pid ?? 0;
    const counted = group?.used();
    const memory = measureMemory(
      inside,
      counted?.memoryBytes == null ? exactFromBytes : Number.POSITIVE_INFINITY,
    );
    const sumMs = members.reduce((sum, { cpuTicks }) => sum + cpuTicks, 0) * TICK_MS;
    return {
      pid: program || (top[0] ?? 0),
      tookMs,
      cpuMs: Math.round(counted?.cpuMs ?? measureCpu(sumMs)),
      memoryBytes: counted?.memoryBytes ?? memory.bytes,
      processes: inside.length,
      openFiles: Math.max(0, ...inside.map(({ pid }) => countOpenFiles(pid))),
      tasks: inside.reduce((sum, { threads }) => sum + threads, 0),
      dataBytes: memory.dataBytes,
      isUpperBound: counted?.memoryBytes == null && memory.isUpperBound,
      pids: members.map(({ pid }) => pid),
    };
  };
}
