import type { AuditEntry } from '../types.ts';

/** What the first record links to. */
export const NO_HASH = '0'.repeat(64);

/** A record as it is stored: its details stay the canonical JSON text that was hashed. */
export type StoredRecord = Omit<AuditEntry, 'details' | 'mode' | 'risk_level'> & {
  readonly details: string;
  readonly mode: string;
  readonly risk_level: string;
};

/**
 * The canonical JSON (RFC 8785) of a record without its hash. The keys stand in the order of their
 * code units, and `JSON.stringify` writes a string as RFC 8785 does. The text can be read back in
 * one way only: everything after `details` is quoted, so no other columns join to the same text.
 */
export function recordText(record: Omit<StoredRecord, 'hash'>): string {
  return (
    `{"action":${quote(record.action)},"details":${record.details},"mode":${quote(record.mode)}` +
    `,"previous_hash":"${record.previous_hash}","risk_level":${quote(record.risk_level)}` +
    `,"sequence":${record.sequence},"session":${quote(record.session)}` +
    `,"timestamp":${quote(record.timestamp)},"user":${quote(record.user)}}`
  );
}

/** As JSON.stringify does, which is asked only where something has to be escaped. */
const quote = (text: string): string =>
  /["\\\u0000-\u001f\ud800-\udfff]/.test(text) ? JSON.stringify(text) : `"${text}"`;

export const hashRecord = (
  record: Omit<StoredRecord, 'hash'>,
  sha256: (text: string) => string,
): string => sha256(record.previous_hash + recordText(record));

/** What of a record is stored as text; only `sequence` is a number. */
export const TEXT_COLUMNS = [
  'timestamp',
  'session',
  'action',
  'mode',
  'user',
  'details',
  'risk_level',
  'previous_hash',
  'hash',
] as const;
