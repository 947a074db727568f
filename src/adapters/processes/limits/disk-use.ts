import { readdirSync, type Stats, statSync } from 'node:fs';
import { lstat, opendir, statfs } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Says how much lies below a folder, again and again: `enough` is where it may stop counting. As
 * long as the disk has not lost what was still allowed at the last count, that count stands and
 * nothing is walked: whatever others do meanwhile can only make us count too often.
 */
export function createDiskGauge(
  folder: string,
  enough: number,
  monotonicMs: () => number,
): () => Promise<number> {
  let counted: { readonly bytes: number; readonly free: number; readonly at: number } | null = null;
  return async () => {
    const free = await freeBytes(folder);
    const isOld = counted === null || monotonicMs() - counted.at > MAX_AGE_MS;
    if (counted !== null && !isOld && counted.free - free < enough - counted.bytes) {
      return counted.bytes;
    }
    const bytes = await countBytes(folder, enough);
    counted = { bytes, free, at: monotonicMs() };
    return bytes;
  };
}

/** Somebody else may have made room at the same time. */
const MAX_AGE_MS = 5000;

async function freeBytes(folder: string): Promise<number> {
  try {
    const { bfree, bsize } = await statfs(folder);
    return bfree * bsize;
  } catch {
    return 0;
  }
}

/** What the files below a folder take up; it ends as soon as there is more than `enough`. */
async function countBytes(folder: string, enough: number): Promise<number> {
  const seen = new Set<string>();
  const folders = [folder];
  let bytes = 0;
  for (let next = folders.pop(); next !== undefined; next = folders.pop()) {
    try {
      for await (const entry of await opendir(next)) {
        const path = join(next, entry.name);
        if (entry.isDirectory()) folders.push(path);
        bytes += sizeOf(await lstat(path), seen);
        if (bytes > enough) return bytes;
      }
    } catch {
      // It went away while we looked, or is closed to us.
    }
  }
  return bytes;
}

/** What these processes hold open though it has no name any more: no folder shows it. */
export function heldBytes(pids: readonly number[]): number {
  const seen = new Set<string>();
  let bytes = 0;
  for (const pid of pids) {
    for (const fd of openIn(pid)) {
      try {
        const stat = statSync(`/proc/${pid}/fd/${fd}`);
        if (stat.isFile() && stat.nlink === 0) bytes += sizeOf(stat, seen, true);
      } catch {
        // It is closed by now.
      }
    }
  }
  return bytes;
}

function openIn(pid: number): readonly string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`);
  } catch {
    return [];
  }
}

/** Files with several names count once. */
function sizeOf(stat: Stats, seen: Set<string>, isShared = stat.nlink > 1): number {
  if (isShared && !stat.isDirectory()) {
    const name = `${stat.dev}:${stat.ino}`;
    if (seen.has(name)) return 0;
    seen.add(name);
  }
  return stat.blocks * 512;
}
