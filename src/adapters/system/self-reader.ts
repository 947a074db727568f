import { readdirSync, readFileSync } from 'node:fs';
import type { SelfReader } from '../../ports.ts';

/** What this very process uses. Where the system does not say how many handles there are: null. */
export function createSelfReader(): SelfReader {
  return {
    use() {
      const { user, system } = process.cpuUsage();
      return {
        pid: process.pid,
        tookMs: Math.round(process.uptime() * 1000),
        cpuMs: Math.round((user + system) / 1000),
        memoryBytes: process.memoryUsage.rss(),
        openHandles: countHandles(),
        mostHandles: readMostHandles(),
      };
    },
  };
}

function countHandles(): number | null {
  try {
    // One of them is open only because we look.
    return readdirSync('/proc/self/fd').length - 1;
  } catch {
    return null;
  }
}

function readMostHandles(): number | null {
  try {
    const [, most] = readFileSync('/proc/self/limits', 'utf8').match(MOST) ?? [];
    return most === undefined ? null : Number(most);
  } catch {
    return null;
  }
}

const MOST = /^Max open files\s+(\d+)/m;
