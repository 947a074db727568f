import { isNamedBy, linesOf, parseCheckpoint } from '../../core/audit/checkpoint.ts';
import { LIMITS } from '../../core/audit/limits.ts';
import type { CoRead } from '../../core/audit/scan.ts';
import type { Evidence } from '../../core/audit/snapshot.ts';
import { verifyLog } from '../../core/audit/verify-log.ts';
import { fail, ok } from '../../core/result.ts';
import type { AuditEntry, Failure, Result } from '../../core/types.ts';
import type { AuditHead, AuditReader, AuditReport, Clock, Hashing } from '../../ports.ts';
import { createCoRead } from './audit-co-reader.ts';
import { listEntries, readEntries } from './audit-entries.ts';
import { type AuditFiles, fingerprint } from './audit-files.ts';
import { signHead } from './audit-head.ts';
import { isSigned } from './audit-keys.ts';
import { guard, refuse } from './audit-refusals.ts';
import { withSnapshot } from './audit-snapshot.ts';
import { hashLines } from './hash-lines.ts';

export type ReaderOptions = {
  readonly files: AuditFiles;
  readonly clock: Clock;
  readonly hashing: Hashing;
  /** The built program of a co-reader; null where there is none. */
  readonly coReader: string | null;
};

/** Every call opens the database as it lies there now, and creates nothing. */
export function createAuditReader({ files, clock, hashing, coReader }: ReaderOptions): AuditReader {
  const proofs = { ...hashing, isSigned, hashLines };
  return {
    verify: () => {
      const report = guard(files, 'read', () =>
        withSnapshot(files, hashing.sha256, ({ records, evidence }) =>
          ok(verifyLog(records, evidence, proofs, coReadFor(evidence))),
        ),
      );
      const isUnreadable = !report.ok && report.error.code === 'audit-unreadable';
      return isUnreadable ? ok(reportUnreadable(report.error)) : report;
    },
    list: (filter) => reading([], () => listEntries(files, filter)),
    entries: () => reading<Iterable<AuditEntry>>([], () => readEntries(files)),
    head,
  };

  function coReadFor({ journal }: Evidence): CoRead | null {
    const base = journal === null || journal === 'malformed' ? null : journal.base;
    return createCoRead(coReader, files, base);
  }

  function reading<T>(ifNone: T, read: () => Result<T>): Result<T> {
    if (fingerprint(files.database) === null) return ok(ifNone);
    return guard(files, 'read', read);
  }

  /** A head is signed for a log that is intact, and for no other. */
  function head(): Result<AuditHead> {
    return guard(files, 'read', () =>
      withSnapshot(files, hashing.sha256, ({ records, evidence }) => {
        const { state, problem = '' } = verifyLog(records, evidence, proofs, coReadFor(evidence));
        if (state !== 'intact') return refuse(files, state, problem);
        if (records.last === 0) return fail('not-found', 'Nothing is recorded yet.');
        const line = linesOf(evidence.trail ?? '').at(-1) ?? '';
        const newest = parseCheckpoint(line, hashing.canonical);
        const keys = evidence.keys.find((key) => newest !== null && isNamedBy(newest, key));
        const hash = records.links(records.last - 1, records.last)?.hashes;
        if (keys === undefined || hash === undefined) return fail('busy', 'The log just changed.');
        const at = { sequence: records.last, hash };
        return ok(signHead(at, clock.now().toISOString(), keys, hashing.canonical));
      }),
    );
  }
}

const reportUnreadable = ({ message }: Failure): AuditReport => ({
  ok: false,
  records: 0,
  state: 'unreadable',
  problem: message,
  limits: LIMITS,
});
