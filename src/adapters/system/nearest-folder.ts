import { statSync } from 'node:fs';
import { dirname } from 'node:path';

/** The folder itself, or the one above it that is there already. */
export function nearestFolder(path: string): string {
  const above = dirname(path);
  return above === path || isThere(path) ? path : nearestFolder(above);
}

const isThere = (path: string): boolean => {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
};
