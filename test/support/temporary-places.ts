import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Places } from '../../src/ports.ts';
import { temporaryFolder } from './files.ts';

/** A workspace, a home and all that lies below it, gone when the test is over. */
export function temporaryPlaces(): Places {
  const root = temporaryFolder();
  const places = {
    workspace: join(root, 'shop'),
    home: join(root, 'home'),
    state: join(root, 'home', '.local', 'state', 'tinycode', 'workspaces', 'shop-1'),
    config: join(root, 'home', '.config', 'tinycode'),
    cache: join(root, 'home', '.cache', 'tinycode'),
  };
  mkdirSync(places.workspace);
  mkdirSync(places.home);
  return places;
}

/** Writes a file and the folders above it; gives its path back. */
export function put(path: string, content: string | Buffer): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}
