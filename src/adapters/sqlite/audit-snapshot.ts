import type { Evidence, RecordsSnapshot } from '../../core/audit/snapshot.ts';
import { fail } from '../../core/result.ts';
import type { Result } from '../../core/types.ts';
import type { Hashing } from '../../ports.ts';
import { type AuditFiles, fingerprint, identity, readIfThere } from './audit-files.ts';
import { type Journal, openJournal } from './audit-journal.ts';
import { type EpochKeys, readKeys } from './audit-keys.ts';
import { NO_RECORDS, snapshotRecords } from './audit-records-snapshot.ts';
import { openForReading } from './open-database.ts';

/** What was found at one moment. The keys can also sign a head. */
export type Snapshot = {
  readonly records: RecordsSnapshot;
  readonly evidence: Omit<Evidence, 'keys'> & { readonly keys: readonly EpochKeys[] };
};

/** Another process may end an epoch while we look, but not so often. */
const MAX_LOOKS = 50;

/**
 * Reads the log while others append, without any lock. What is outside is read before the records
 * and must still be the same after them, so that both are of one epoch. Nothing is written.
 */
export function withSnapshot<T>(
  files: AuditFiles,
  sha256: Hashing['sha256'],
  use: (snapshot: Snapshot) => Result<T>,
): Result<T> {
  for (let look = 0; look < MAX_LOOKS; look++) {
    const result = lookOnce(files, sha256, use);
    if (result !== null) return result;
  }
  return fail('busy', 'The audit log changes faster than it can be read.', {
    hint: 'Try again when the other TinyCode is done.',
  });
}

/** Null when something changed meanwhile. */
function lookOnce<T>(
  files: AuditFiles,
  sha256: Hashing['sha256'],
  use: (snapshot: Snapshot) => Result<T>,
): Result<T> | null {
  const outside = readOutside(files);
  const journal = openJournalIfThere(files);
  try {
    const db = openForReading(files.database);
    try {
      if (!db.ok && db.error.code !== 'not-found') return db;
      const records = db.ok ? snapshotRecords(db.value) : NO_RECORDS;
      const isSame = JSON.stringify(readOutside(files)) === JSON.stringify(outside);
      if (!isSame || (!db.ok && fingerprint(files.database) !== null)) return null;
      const { trail, witness } = outside;
      const keys = [readKeys(outside.key ?? '', sha256), readKeys(outside.nextKey ?? '', sha256)];
      return use({
        records,
        evidence: { journal, trail, witness, keys: keys.filter((key) => key !== null) },
      });
    } finally {
      if (db.ok) db.value.close();
    }
  } finally {
    if (journal !== null && journal !== 'malformed') journal.close();
  }
}

function readOutside(files: AuditFiles) {
  return {
    trail: readIfThere(files.trail),
    witness: readIfThere(files.witness),
    key: readIfThere(files.key),
    nextKey: readIfThere(files.nextKey),
    journal: identity(files.journal),
  };
}

function openJournalIfThere(files: AuditFiles): Journal | 'malformed' | null {
  if (identity(files.journal) === null) return null;
  return openJournal(files.journal, 'read') ?? 'malformed';
}
