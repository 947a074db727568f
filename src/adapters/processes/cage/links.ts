import { join } from 'node:path';
import type { Place } from './arrange-places.ts';
import { linkEnd, realPath } from './look.ts';

/** The links that a path leads through, each at its real place and to its real end. */
export function linksAlong(path: string): readonly Place[] {
  const links: Place[] = [];
  let folder = '/';
  for (const name of path.split('/').filter((part) => part !== '')) {
    const at = join(folder, name);
    const target = realPath(at);
    if (target === null) break;
    if (linkEnd(at) !== null) links.push({ kind: 'link', at, target });
    folder = target;
  }
  return links;
}
