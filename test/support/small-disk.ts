import { execFileSync } from 'node:child_process';
import { onTestFinished } from 'vitest';

/** A small disk of its own over a folder, gone when the test is over; only root can have one. */
export function mountSmall(folder: string, size = '3m'): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size},mode=700`, 'tmpfs', folder], {
      stdio: 'ignore',
    });
  } catch {
    return false;
  }
  onTestFinished(() => void execFileSync('umount', ['-l', folder]));
  return true;
}

export const enlarge = (folder: string): void =>
  void execFileSync('mount', ['-o', 'remount,size=12m', folder]);
