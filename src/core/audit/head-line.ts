/**
 * The journal of heads: a header, then one line a record, all of one length, so that the line of
 * a record stands at a place that can be computed and none lies across two blocks of the disk.
 */
export const LINE_BYTES = 128;

export type HeadLine = {
  readonly sequence: number;
  readonly hash: string;
  readonly mac: string;
  readonly epoch: number;
};

export function formatLine(line: HeadLine): string {
  return `${digits(line.sequence, 12)} ${line.hash} ${line.mac} ${digits(line.epoch, 14)} d\n`;
}

/** `blank` is a place on which nothing was ever written. */
export function parseLine(text: string): HeadLine | 'blank' | 'malformed' {
  if (/^\0*$/.test(text)) return 'blank';
  const found = LINE.exec(text);
  if (found === null) return 'malformed';
  const [, sequence = '', hash = '', mac = '', epoch = ''] = found;
  return { sequence: Number(sequence), hash, mac, epoch: Number(epoch) };
}

/** What the line names as its record's hash; empty where nothing was written. */
export const hashIn = (line: string): string => line.slice(13, 77).replaceAll('\0', '');

/** The same of many lines, joined as they are read from the database. */
export function hashesIn(lines: string): string {
  const hashes: string[] = [];
  for (let offset = 0; offset < lines.length; offset += LINE_BYTES) {
    hashes.push(lines.slice(offset + 13, offset + 77));
  }
  return hashes.join('\n');
}

/** `base` is the record of the first line. */
export const formatHeader = (base: number): string =>
  `${(HEADER + digits(base, 12)).padEnd(LINE_BYTES - 1)}\n`;

export function parseHeader(text: string): number | null {
  const base = Number(text.slice(HEADER.length, HEADER.length + 12));
  return Number.isSafeInteger(base) && base > 0 && text === formatHeader(base) ? base : null;
}

export const offsetOf = (sequence: number, base: number): number =>
  (sequence - base + 1) * LINE_BYTES;

const HEADER = 'tinycode audit heads 1, from record ';
const LINE = /^(\d{12}) ([0-9a-f]{64}) ([0-9a-f]{32}) (\d{14}) d\n$/;
const digits = (value: number, width: number): string => String(value).padStart(width, '0');
