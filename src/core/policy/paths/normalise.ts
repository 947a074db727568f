import { hasUnknown, MARK } from '../shell/marks.ts';

/** Joins and normalises by text alone: `.` and `..` are resolved, links are not. */
export function resolvePath(base: string, path: string): string {
  const isAnywhere = hasUnknown(path.slice(0, 1));
  const absolute = path.startsWith('/') || isAnywhere ? path : `${base}/${path}`;
  const kept: string[] = [];
  for (const segment of absolute.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') kept.push(segment);
    // Above something unknown lies something unknown.
    else if (kept.length > 0 && hasUnknown(kept[kept.length - 1] as string))
      kept.push(MARK.unknown);
    else kept.pop();
  }
  const isRooted = absolute.startsWith('/');
  return isRooted ? `/${kept.join('/')}` : kept.join('/');
}

export const parentOf = (path: string): string => {
  const slash = path.lastIndexOf('/');
  return slash <= 0 ? '/' : path.slice(0, slash);
};

export const baseName = (path: string): string => {
  const trimmed = path.replace(/\/+$/, '');
  return trimmed.slice(trimmed.lastIndexOf('/') + 1);
};

/** NFC, one letter case, and without the characters that some file systems ignore in a name. */
export const foldPath = (path: string): string =>
  path.normalize('NFC').replace(IGNORED, '').toLowerCase();

const IGNORED = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/g;
