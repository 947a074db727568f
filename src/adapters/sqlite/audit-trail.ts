import {
  closeSync,
  constants,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  writeSync,
} from 'node:fs';

/**
 * Appends one line and waits until it is on the disk. What a killed process left of a line is cut
 * off first; if this line cannot be written whole, nothing of it stays.
 */
export function appendLine(path: string, line: string): void {
  const flags = constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW;
  const file = openSync(path, flags, 0o600);
  try {
    const end = readFileSync(file).lastIndexOf(NEWLINE) + 1;
    ftruncateSync(file, end);
    const bytes = Buffer.from(`${line}\n`);
    if (writeSync(file, bytes, 0, bytes.length, end) !== bytes.length) {
      ftruncateSync(file, end);
      throw Object.assign(new Error(`no space left for ${path}`), { code: 'ENOSPC' });
    }
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Overwrites a file from its start with a text of the same length, then it is on the disk. */
export function overwrite(path: string, text: string): void {
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_NOFOLLOW;
  const file = openSync(path, flags, 0o600);
  try {
    const bytes = Buffer.from(text);
    const written = writeSync(file, bytes, 0, bytes.length, 0);
    ftruncateSync(file, written);
    if (written !== bytes.length) {
      throw Object.assign(new Error(`no space left for ${path}`), { code: 'ENOSPC' });
    }
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

const NEWLINE = 0x0a;
