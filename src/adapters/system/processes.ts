import { readFileSync } from 'node:fs';

/** A process and the moment it was born, as pids are used again. */
export type ProcessMark = { readonly pid: number; readonly born: string };

export const ownProcess = (pid: number): ProcessMark => ({ pid, born: birthOf(pid) });

/** Whether that very process still lives. Where births cannot be read, the pid alone decides. */
export function isAlive({ pid, born }: ProcessMark): boolean {
  try {
    process.kill(pid, 0);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  const now = birthOf(pid);
  return now === '' || born === '' || now === born;
}

/** Clock ticks since the machine started, and which start of the machine that was. */
function birthOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}:${ticks}`;
  } catch {
    return '';
  }
}
