import { readFileSync } from 'node:fs';
import { freemem } from 'node:os';
import type { RunLimits } from '../../../core/types.ts';

/**
 * Two numbers of the whole machine that cost next to nothing to read. When one of them has moved by
 * more than a program may have, since it was last looked at, it is time to look at it again: a bomb
 * does not wait for the next turn. Others may have moved it, so it is no more than that.
 */
export function createAlarm({ processes, memoryBytes }: RunLimits): Alarm {
  let [tasks, free] = [countTasks(), freemem()];
  return {
    rings: () => countTasks() - tasks > processes || free - freemem() > memoryBytes,
    reset() {
      tasks = countTasks();
      free = freemem();
    },
  };
}

export type Alarm = { rings(): boolean; reset(): void };

/** All threads of the machine; 0 where it does not say. */
function countTasks(): number {
  try {
    return Number(readFileSync('/proc/loadavg', 'utf8').match(/\/(\d+) /)?.[1] ?? 0);
  } catch {
    return 0;
  }
}
