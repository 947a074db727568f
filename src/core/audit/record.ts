import type { AuditEntry } from '../types.ts';
import { quote, quoteName } from './quote.ts';

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
    `{"action":${quoteName(record.action)},"details":${record.details},"mode":${quoteName(record.mode)}` +
    `,"previous_hash":"${record.previous_hash}","risk_level":${quoteName(record.risk_level)}` +
    `,"sequence":${record.sequence},"session":${quoteName(record.session)}` +
    `,"timestamp":${quote(record.timestamp)},"user":${quoteName(record.user)}}`
  );
}

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
