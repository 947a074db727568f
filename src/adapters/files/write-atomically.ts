import {
  closeSync,
  constants,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { ok } from '../../core/result.ts';
import type { Result } from '../../core/types.ts';
import { codeOf, failureOf } from './system-errors.ts';

/**
 * Puts a file in place as a whole, or leaves what was there. The content is on the disk before the
 * name points to it. Only the owner can read the result.
 */
export function writeAtomically(path: string, content: string): Result<void> {
  let temporary = '';
  try {
    const opened = openTemporary(path);
    temporary = opened.path;
    try {
      writeFileSync(opened.fd, content);
      fsyncSync(opened.fd);
    } finally {
      closeSync(opened.fd);
    }
    renameSync(temporary, path);
    syncFolder(dirname(path));
    return ok(undefined);
  } catch (error) {
    if (temporary) rmSync(temporary, { force: true });
    return failureOf(error, 'failed', `${path} cannot be written`);
  }
}

/** Left-overs of a killed process may hold some of the names. */
const MAX_NAMES = 100;

function openTemporary(path: string): { readonly fd: number; readonly path: string } {
  const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW } = constants;
  for (let attempt = 1; ; attempt += 1) {
    const name = `.${basename(path)}.${process.pid}-${attempt}.tmp`;
    const temporary = join(dirname(path), name);
    try {
      const fd = openSync(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
      return { fd, path: temporary };
    } catch (error) {
      if (codeOf(error) !== 'EEXIST' || attempt === MAX_NAMES) throw error;
    }
  }
}

/** The rename itself is safe only once the folder is on the disk. */
function syncFolder(folder: string): void {
  const fd = openSync(folder, constants.O_RDONLY);
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
