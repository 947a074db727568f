import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/** Over names, kinds, permissions and contents of all that lies below a folder. */
export function treeHash(folder: string): string {
  const hash = createHash('sha256');
  const add = (path: string): void => {
    for (const name of readdirSync(join(folder, path)).sort()) {
      const below = path === '' ? name : `${path}/${name}`;
      const at = join(folder, below);
      const stats = lstatSync(at);
      hash.update(`${below}\0${stats.mode}\0`);
      if (stats.isDirectory()) add(below);
      else if (stats.isSymbolicLink()) hash.update(readlinkSync(at));
      else if (stats.isFile()) hash.update(readFileSync(at));
    }
  };
  add('');
  return hash.digest('hex');
}
