import type { Dirent } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** The size of the biggest file below a folder that was written since then, as far as we look. */
export async function findBiggest(folder: string, since: Date): Promise<number> {
  const folders = [folder];
  let [biggest, left] = [0, MAX_LOOKS];
  for (let next = folders.pop(); next !== undefined; next = folders.pop()) {
    for (const entry of await list(next)) {
      const path = join(next, entry.name);
      if (left-- <= 0) return biggest;
      if (entry.isDirectory()) folders.push(path);
      if (!entry.isFile()) continue;
      const stat = await lstat(path).catch(() => null);
      if (stat !== null && stat.mtimeMs > since.getTime() - TICK_MS)
        biggest = Math.max(biggest, stat.size);
    }
  }
  return biggest;
}

const MAX_LOOKS = 2000;
/** File systems take the time from a clock that moves in ticks. */
const TICK_MS = 20;

const list = (folder: string): Promise<readonly Dirent[]> =>
  readdir(folder, { withFileTypes: true }).catch(() => []);
