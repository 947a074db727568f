import { altered, type Finding } from './finding.ts';
import { LINE_BYTES } from './head-line.ts';
import { hashRecord, type StoredRecord, TEXT_COLUMNS } from './record.ts';
import type { Anchor, Scan } from './scan.ts';
import type { Row } from './snapshot.ts';

/**
 * Goes through a block record by record: the first finding, or the last hash where there is none.
 * This is what verification means; confirming a whole block is only its shortcut.
 */
export function examineBlock(scan: Scan, start: Anchor, upTo: number): Finding | string {
  let before = start;
  const { rows, damage } = scan.records.rows(start.sequence, upTo);
  for (const row of rows) {
    const record = toRecord(row);
    if (record === null) return unreadable(before.sequence + 1, 'a column has a wrong type');
    const finding = examineRecord(scan, before, record);
    if (finding !== null) return finding;
    before = record;
  }
  if (damage !== null) return unreadable(before.sequence + 1, damage);
  if (before.sequence < upTo) return missing(before.sequence + 1);
  return before.hash;
}

function examineRecord(scan: Scan, before: Anchor, record: StoredRecord): Finding | null {
  const sequence = before.sequence + 1;
  if (record.sequence !== sequence) return missing(sequence);
  if (record.previous_hash !== before.hash) {
    return altered(`Record ${sequence} does not link to the one before it.`, sequence);
  }
  if (hashRecord(record, scan.sha256) !== record.hash) {
    return altered(
      `Record ${sequence} was changed: its hash is not that of its content.`,
      sequence,
    );
  }
  const { journal } = scan;
  if (journal === null || sequence < journal.base) return null;
  return scan.judgeLine(sequence, record.hash, journal.lines(sequence, 1).slice(0, LINE_BYTES));
}

function toRecord(row: Row): StoredRecord | null {
  const isWhole =
    Number.isSafeInteger(row.sequence) &&
    TEXT_COLUMNS.every((column) => typeof row[column] === 'string');
  return isWhole ? (row as StoredRecord) : null;
}

const missing = (sequence: number) => altered(`Record ${sequence} is missing.`, sequence);

const unreadable = (sequence: number, why: string): Finding => ({
  state: 'unreadable',
  firstBad: sequence,
  problem: `Record ${sequence} cannot be read: ${why}.`,
});
