import { release } from 'node:os';
import type { RunLimits } from '../../../core/types.ts';
import { isAtLeast } from './kernel-version.ts';
import { mostTasks } from './most-tasks.ts';

/**
 * Words that run inside of a process namespace of ours, as its root, before a cage that takes all
 * power away: the highest process number there bounds how many there can be, and that holds for
 * root as well, whom no other limit on processes holds. None on a kernel that has only one such
 * number, which is that of the whole machine.
 */
export function capWords(limits: RunLimits, kernel = release()): readonly string[] {
  if (!isAtLeast(kernel, NUMBERS_APART)) return [];
  const most = RESERVED + mostTasks(limits.processes);
  // The word behind the script is its name, and the number its first argument.
  return ['/bin/sh', '-c', SET, 'sh', `${most}`];
}

const SET = '(echo "$1" > /proc/sys/kernel/pid_max) 2>/dev/null; shift; exec "$@"';

/** Once they have all been given, numbers begin again behind these. */
const RESERVED = 300;
const NUMBERS_APART = [6, 14] as const;
