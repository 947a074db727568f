import type { Linked } from '../../core/audit/draft.ts';
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
  wrote(record: Tail): void;
  /** Call when the journal was replaced. */
  forgetEvidence(): void;
};
/** Null where the record cannot be written with one statement. */
type Link = (last: Tail, evidence: Evidence) => Linked | null;
export type AuditLock = {
  /** `act` commits by itself; what it has not committed when it returns is rolled back. */
  locked<T>(act: (held: Held) => Result<T>): Result<T>;
  /**
   * Writes the record that `link` makes, if this very process wrote the newest one and nothing else
   * was changed since. Null, and nothing is written, where more has to be looked at.
   */
  follow(link: Link): Result<Linked | null>;
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
  /** What this process wrote last, and compared with its line as it did. */
  let mine: Tail | null = null;
  /** The newest record while the lock is held. */
  let newest: Newest = NOTHING;
  const acts = { evidence: () => evidence as Evidence, seal, wrote, forgetEvidence };
  return { locked, follow, close };

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

  function follow(link: Link): Result<Linked | null> {
    if (opened === null || evidence === null || mine === null) return ok(null);
    const { records } = opened;
    const { journal, keys } = evidence;
    const linked = link(mine, evidence);
    if (linked === null) return ok(null);
    const { record } = linked;
    const { sequence, hash } = record;
    return guard(files, 'write', () => {
      try {
        const mac = keys.mac(sequence, hash);
        if (!records.follow(record, mac)) return ok(null);
        journal.write({ sequence, hash, mac, epoch: keys.epoch });
      } catch (error) {
        forgetEvidence();
        throw error;
      }
      mine = record;
      return ok(linked);
    });
  }

  function open(): Result<Records> {
    if (opened !== null) return ok(opened.records);
    const db = openForWriting(files.database);
    if (!db.ok) return db;
    const records = openRecords(db.value, holdsEvidence);
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
    if (mine === null || newest.hash !== mine.hash || newest.sequence !== mine.sequence) {
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

  function wrote(record: Tail): void {
    mine = record;
  }

  function takeEvidence(hasRecords: boolean): Result<Evidence> {
    if (evidence !== null && holdsEvidence()) return ok(evidence);
    forgetEvidence();
    const found = openEvidence(tools, hasRecords);
    if (found.ok) evidence = found.value;
    return found;
  }

  function holdsEvidence(): boolean {
    return evidence !== null && hasFingerprint(files.trail, evidence.fingerprint);
  }

  function forgetEvidence(): void {
    evidence?.journal.close();
    evidence = null;
    mine = null;
  }

  function close(): void {
    evidence?.journal.sync();
    forgetEvidence();
    opened?.db.close();
    opened = null;
  }
}

const NOTHING = { sequence: 0, hash: NO_HASH };
