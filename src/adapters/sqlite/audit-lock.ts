import { NO_HASH } from '../../core/audit/record.ts';
import { ok } from '../../core/result.ts';
import type { Result } from '../../core/types.ts';
import { type Evidence, type EvidenceTools, openEvidence } from './audit-evidence.ts';
import { hasFingerprint } from './audit-files.ts';
import { openRecords, type Records, type Tail } from './audit-records.ts';
import { guard } from './audit-refusals.ts';
import { type Sealed, sealEpoch } from './audit-seal.ts';
import { checkTail, type Newest } from './audit-tail.ts';
import { type Database, openForWriting } from './open-database.ts';

/** The log while nobody else can write to it. */
export type Held = {
  readonly records: Records;
  readonly last: Tail | null;
  evidence(): Evidence;
  /** Ends the epoch at the newest record. */
  seal(what: Pick<Sealed, 'kind' | 'base' | 'base_hash'>): void;
  /** Call when a record is committed and its line is written. */
  wrote(record: Newest): void;
  /** Call when the journal was replaced. */
  forgetEvidence(): void;
};
export type AuditLock = {
  /** `act` commits by itself; what it has not committed when it returns is rolled back. */
  locked<T>(act: (held: Held) => Result<T>): Result<T>;
  close(): void;
};

/**
 * Everything that writes, to the database or beside it, happens under SQLite's write lock. What is
 * known of the evidence is kept from one time to the next, and read again when another process has
 * changed it or a write has failed.
 */
export function createAuditLock(tools: EvidenceTools): AuditLock {
  const { files } = tools;
  let opened: { readonly db: Database; readonly records: Records } | null = null;
  let evidence: Evidence | null = null;
  let mine: Newest = NOTHING;
  /** The newest record while the lock is held. */
  let newest: Newest = NOTHING;
  const acts = { evidence: () => evidence as Evidence, seal, wrote, forgetEvidence };
  return { locked, close };

  function locked<T>(act: (held: Held) => Result<T>): Result<T> {
    return guard(files, 'write', () => {
      const records = open();
      if (!records.ok) return records;
      try {
        records.value.begin();
        const held = hold(records.value);
        return held.ok ? act(held.value) : held;
      } catch (error) {
        forgetEvidence();
        throw error;
      } finally {
        records.value.rollback();
      }
    });
  }

  function open(): Result<Records> {
    if (opened !== null) return ok(opened.records);
    const db = openForWriting(files.database);
    if (!db.ok) return db;
    const records = openRecords(db.value);
    if (records.ok) opened = { db: db.value, records: records.value };
    else db.value.close();
    return records;
  }

  function hold(records: Records): Result<Held> {
    const last = records.last();
    const found = takeEvidence(last !== null);
    if (!found.ok) return found;
    newest = last ?? NOTHING;
    // What this very process wrote last was checked when it wrote it.
    if (newest.hash !== mine.hash || newest.sequence !== mine.sequence || last === null) {
      const checked = checkTail(files, records, found.value, newest);
      if (!checked.ok) return checked;
    }
    return ok({ records, last, ...acts });
  }

  function seal(what: Pick<Sealed, 'kind' | 'base' | 'base_hash'>): void {
    const { sequence, hash } = newest;
    evidence = sealEpoch(tools, acts.evidence(), { ...what, sequence, hash });
    opened?.records.forgetMacs();
  }

  function wrote(record: Newest): void {
    mine = record;
  }

  function takeEvidence(hasRecords: boolean): Result<Evidence> {
    if (evidence !== null && hasFingerprint(files.trail, evidence.fingerprint)) return ok(evidence);
    forgetEvidence();
    const found = openEvidence(tools, hasRecords);
    if (found.ok) evidence = found.value;
    return found;
  }

  function forgetEvidence(): void {
    evidence?.journal.close();
    evidence = null;
    mine = NOTHING;
  }

  function close(): void {
    evidence?.journal.sync();
    forgetEvidence();
    opened?.db.close();
    opened = null;
  }
}

const NOTHING = { sequence: 0, hash: NO_HASH };
