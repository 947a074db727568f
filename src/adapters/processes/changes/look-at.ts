import { lstatSync, readlinkSync, type Stats } from 'node:fs';
import type { HeldFolder } from './held-folder.ts';

/** What lies at a name, before any file is read. */
export type Sight =
  | { readonly kind: 'absent' }
  | {
      readonly kind: 'file';
      readonly at: string;
      readonly size: number;
      readonly mode: number;
      readonly hasSeveralNames: boolean;
    }
  | { readonly kind: 'folder'; readonly mode: number }
  | { readonly kind: 'link'; readonly target: string }
  /** `mark` is another one where something of that kind is another thing. */
  | { readonly kind: 'other'; readonly what: string; readonly mark: string };

const PERMISSION_BITS = 0o7777;
export const SEVERAL_NAMES = 'a file with several names (hard links)';

export function lookAt(folder: HeldFolder, name: string): Sight {
  const at = `${folder.base}/${name}`;
  try {
    const stats = lstatSync(at, { throwIfNoEntry: false });
    return stats === undefined ? { kind: 'absent' } : sightOf(at, stats, folder);
  } catch {
    return other('something that cannot be looked at');
  }
}

function sightOf(at: string, stats: Stats, folder: HeldFolder): Sight {
  const mode = stats.mode & PERMISSION_BITS;
  if (stats.isFile()) {
    return { kind: 'file', at, size: stats.size, mode, hasSeveralNames: stats.nlink > 1 };
  }
  if (stats.isDirectory()) {
    // A mount point: what lies in it is not of this folder, and a view does not show it.
    if (stats.dev !== folder.dev) return other('a folder of another file system');
    return { kind: 'folder', mode };
  }
  if (!stats.isSymbolicLink()) return other(kindOf(stats), `${mode} ${stats.rdev}`);
  const target = readlinkSync(at, { encoding: 'buffer' });
  const text = target.toString('utf8');
  if (Buffer.from(text, 'utf8').equals(target)) return { kind: 'link', target: text };
  return other('a link whose target is no UTF-8', target.toString('hex'));
}

/** Two of them are never the same, as nothing is known of what is in them. */
export const unreadableFolder = (side: 'before' | 'after'): Sight =>
  other('a folder that cannot be read', side);

const other = (what: string, mark = ''): Sight => ({ kind: 'other', what, mark });

const kindOf = (stats: Stats): string => {
  if (stats.isFIFO()) return 'a named pipe';
  return stats.isSocket() ? 'a socket' : 'a device';
};
