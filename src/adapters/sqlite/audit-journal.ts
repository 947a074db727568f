import {
  closeSync,
  constants,
  fdatasyncSync,
  fstatSync,
  fsyncSync,
  openSync,
  readSync,
  renameSync,
  writeSync,
} from 'node:fs';
import {
  formatHeader,
  formatLine,
  type HeadLine,
  LINE_BYTES,
  offsetOf,
  parseHeader,
  parseLine,
} from '../../core/audit/head-line.ts';
import type { JournalSnapshot } from '../../core/audit/snapshot.ts';

/** The journal of heads. Whoever writes a line holds the database's write lock. */
export type Journal = JournalSnapshot & {
  read(sequence: number): HeadLine | 'blank' | 'malformed';
  hasRoom(sequence: number): boolean;
  /** Takes the space for a line, so that its record is not committed where there is none. */
  makeRoom(sequence: number): void;
  write(line: HeadLine): void;
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
  let size = fstatSync(file).size;
  const lines = (from: number, count: number) =>
    readText(file, offsetOf(from, base), count * LINE_BYTES);
  const read = (sequence: number) => {
    const text = lines(sequence, 1);
    // A disk that was full took a part of a line, whose record was never written.
    return text.length < LINE_BYTES ? 'blank' : parseLine(text);
  };
  const hasRoom = (next: number) => offsetOf(next, base) + LINE_BYTES <= size;
  const sequence = base - 2 + Math.ceil(findEnd(file, size) / LINE_BYTES);
  return {
    base,
    newest: { sequence, line: sequence < base ? 'blank' : read(sequence) },
    lines,
    read,
    hasRoom,
    makeRoom: (next) => {
      if (!hasRoom(next)) size = makeRoom(file, offsetOf(next, base));
    },
    write: (line) => writeWhole(file, formatLine(line), offsetOf(line.sequence, base)),
    sync: () => fdatasyncSync(file),
    close: () => closeSync(file),
  };
}

/**
 * Lines are written over zeros: a sync of a file that grows costs twenty times as much as one of a
 * file that keeps its size. Another process may have made the room already.
 */
function makeRoom(file: number, offset: number): number {
  const { size } = fstatSync(file);
  if (offset + LINE_BYTES <= size) return size;
  const room = Buffer.alloc(ROOM_LINES * LINE_BYTES);
  if (writeSync(file, room, 0, room.length, offset) < LINE_BYTES) throw noSpace();
  fsyncSync(file);
  return fstatSync(file).size;
}

/** As many as an epoch has. */
const ROOM_LINES = 1024;

/** Where the zeros begin. */
function findEnd(file: number, size: number): number {
  for (let end = size; end > 0; end -= SCAN_BYTES) {
    const start = Math.max(0, end - SCAN_BYTES);
    const bytes = readBytes(file, start, end - start);
    let used = bytes.length;
    while (used > 0 && bytes[used - 1] === 0) used--;
    if (used > 0) return start + used;
  }
  return 0;
}

const SCAN_BYTES = 65_536;

const readText = (file: number, offset: number, length: number): string =>
  readBytes(file, offset, length).toString('latin1');

/** As many as there are. */
function readBytes(file: number, offset: number, length: number): Buffer {
  const buffer = Buffer.allocUnsafe(length);
  let filled = 0;
  while (filled < length) {
    const count = readSync(file, buffer, filled, length - filled, offset + filled);
    if (count === 0) break;
    filled += count;
  }
  return buffer.subarray(0, filled);
}

function writeWhole(file: number, text: string, offset: number): void {
  const written = writeSync(file, text, offset, 'latin1');
  if (written !== text.length) throw noSpace();
}

const noSpace = () =>
  Object.assign(new Error('no space left for the journal of heads'), { code: 'ENOSPC' });
