import { type Dirent, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What the system keeps from everybody but its owner. An owner reads it without any capability, so
 * for root, and for root alone, a cage has to hide it.
 */
export const findRootSecrets = (): readonly string[] =>
  FOLDERS.flatMap(([folder, depth]) => closedBelow(folder, depth)).slice(0, MAX_SECRETS);

const FOLDERS = [
  ['/', 1],
  ['/etc', 2],
  ['/var/backups', 1],
  ['/var/cache', 1],
  ['/var/lib', 1],
  ['/var/log', 1],
  ['/var/spool', 1],
] as const;
const MAX_SECRETS = 500;
const MAX_ENTRIES = 2000;
const READ_BY_ALL = 0o004;

function closedBelow(folder: string, depth: number): readonly string[] {
  return entriesOf(folder).flatMap((entry) => {
    if (!entry.isFile() && !entry.isDirectory()) return [];
    const path = join(folder, entry.name);
    if (isClosed(path)) return [path];
    return entry.isDirectory() && depth > 1 ? closedBelow(path, depth - 1) : [];
  });
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).slice(0, MAX_ENTRIES);
  } catch {
    return [];
  }
}

const isClosed = (path: string): boolean => {
  const mode = lstatSync(path, { throwIfNoEntry: false })?.mode ?? READ_BY_ALL;
  return (mode & READ_BY_ALL) === 0;
};
