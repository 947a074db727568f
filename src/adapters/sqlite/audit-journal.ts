import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  openSync,
  readSync,
  renameSync,
  writeSync,
} from 'node:fs';
import {
  DONE,
  formatHeader,
  formatLine,
  type HeadLine,
  LINE_BYTES,
  MARK_OFFSET,
  offsetOf,
  parseHeader,
  parseLine,
} from '../../core/audit/head-line.ts';
import type { JournalSnapshot } from '../../core/audit/snapshot.ts';

/** The journal of heads. Whoever writes a line holds the database's write lock. */
export type Journal = JournalSnapshot & {
  read(sequence: number): HeadLine | 'blank' | 'malformed';
  write(line: HeadLine): void;
  markDone(sequence: number): void;
  sync(): void;
  close(): void;
};

/** Starts a journal whose first line is that of `base`, in place of one that is there. */
export function createJournal(path: string, base: number, lines: Iterable<HeadLine>): void {
  const next = `${path}.next`;
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | constants.O_NOFOLLOW;
  const file = openSync(next, flags, 0o600);
  try {
    writeWhole(file, formatHeader(base), 0);
    for (const line of lines) writeWhole(file, formatLine(line), offsetOf(line.sequence, base));
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(next, path);
}

/** Null where the header is not one. */
export function openJournal(path: string, access: 'read' | 'write'): Journal | null {
  const file = openSync(path, access === 'read' ? 'r' : 'r+');
  try {
    const base = parseHeader(readText(file, 0, LINE_BYTES));
    if (base !== null) return journalOf(file, base);
  } catch (error) {
    closeSync(file);
    throw error;
  }
  closeSync(file);
  return null;
}

function journalOf(file: number, base: number): Journal {
  const lines = (from: number, count: number) =>
    readText(file, offsetOf(from, base), count * LINE_BYTES);
  const read = (sequence: number) => {
    const text = lines(sequence, 1);
    // A disk that was full took a part of a line, whose record was never written.
    return text.length < LINE_BYTES ? 'blank' : parseLine(text);
  };
  const sequence = base - 2 + Math.floor(fstatSync(file).size / LINE_BYTES);
  return {
    base,
    newest: { sequence, line: sequence < base ? 'blank' : read(sequence) },
    lines,
    read,
    write: (line) => writeWhole(file, formatLine(line), offsetOf(line.sequence, base)),
    markDone: (sequence) => writeWhole(file, DONE, offsetOf(sequence, base) + MARK_OFFSET),
    sync: () => fsyncSync(file),
    close: () => closeSync(file),
  };
}

/** As much as there is. */
function readText(file: number, offset: number, length: number): string {
  const buffer = Buffer.allocUnsafe(length);
  let filled = 0;
  while (filled < length) {
    const count = readSync(file, buffer, filled, length - filled, offset + filled);
    if (count === 0) break;
    filled += count;
  }
  return buffer.toString('latin1', 0, filled);
}

function writeWhole(file: number, text: string, offset: number): void {
  const written = writeSync(file, text, offset, 'latin1');
  if (written === text.length) return;
  throw Object.assign(new Error('no space left for the journal of heads'), { code: 'ENOSPC' });
}
