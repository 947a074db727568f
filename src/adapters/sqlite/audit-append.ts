import { linkDraft, prepareDetails } from '../../core/audit/draft.ts';
import { JOURNAL_SYNC_RECORDS } from '../../core/audit/judge-line.ts';
import type { StoredRecord } from '../../core/audit/record.ts';
import { ok } from '../../core/result.ts';
import type { AuditDraft, AuditEntry, Result } from '../../core/types.ts';
import type { Clock, Hashing } from '../../ports.ts';
import type { AuditLock, Held } from './audit-lock.ts';

export type AppendOptions = {
  readonly lock: AuditLock;
  readonly clock: Clock;
  readonly hashing: Hashing;
  readonly user: string;
};

/** An epoch ends after so many records, or with its session. */
const EPOCH_RECORDS = 1024;

/**
 * The line is written after the commit and before the record is acknowledged. So every line speaks
 * of a record that was there, and a line without one always means that it was removed. What a kill
 * leaves in between is a record without a line, which its MAC tells from one that was forged.
 */
export function appendRecord(options: AppendOptions, draft: AuditDraft): Result<AuditEntry> {
  const { lock, clock, hashing, user } = options;
  const details = prepareDetails(draft.details, hashing);
  if (!details.ok) return details;
  return lock.locked((held) => {
    endFullEpoch(held);
    const now = clock.now().toISOString();
    const stamp = { now, user, last: held.last };
    const { record, details: value } = linkDraft(draft, details.value, stamp, hashing);
    write(held, record);
    held.wrote(record);
    const { mode, risk_level } = draft;
    return ok({ ...record, mode, risk_level, details: value });
  });
}

function write({ records, evidence }: Held, record: StoredRecord): void {
  const { journal, keys } = evidence();
  const { sequence, hash } = record;
  const mac = keys.mac(sequence, hash);
  journal.makeRoom(sequence);
  // Before the commit: so a power failure never takes more lines than verification allows for.
  if (sequence % JOURNAL_SYNC_RECORDS === 0) journal.sync();
  records.insert(record, mac);
  records.commit();
  journal.write({ sequence, hash, mac, epoch: keys.epoch });
}

function endFullEpoch(held: Held): void {
  const { newest } = held.evidence();
  if (held.last === null || held.last.sequence - newest.sequence < EPOCH_RECORDS) return;
  const { base, base_hash } = newest;
  held.seal({ kind: 'seal', base, base_hash });
}
