import { type Details, type Linked, linkDraft, prepareDetails } from '../../core/audit/draft.ts';
import { JOURNAL_SYNC_RECORDS } from '../../core/audit/judge-line.ts';
import type { StoredRecord } from '../../core/audit/record.ts';
import { ok } from '../../core/result.ts';
import type { AuditDraft, AuditEntry, Result } from '../../core/types.ts';
import type { Clock, Hashing } from '../../ports.ts';
import type { Evidence } from './audit-evidence.ts';
import type { AuditLock, Held } from './audit-lock.ts';
import type { Tail } from './audit-records.ts';

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
  const details = prepareDetails(draft.details, options.hashing);
  if (!details.ok) return details;
  const prepared = { draft, details: details.value };
  const followed = options.lock.follow((last, evidence) =>
    linkNext(options, prepared, last, evidence),
  );
  if (!followed.ok) return followed;
  if (followed.value !== null) return ok(entryOf(draft, followed.value));
  const appended = appendPrepared(options, [prepared]);
  return appended.ok ? ok(appended.value[0] as AuditEntry) : appended;
}

/** Ends of epochs, and room for lines and their syncs, want the lock for longer. */
function linkNext(
  { clock, hashing, user }: AppendOptions,
  { draft, details }: Prepared,
  last: Tail,
  { newest, journal }: Evidence,
): Linked | null {
  const next = last.sequence + 1;
  if (next % JOURNAL_SYNC_RECORDS === 0 || !journal.hasRoom(next)) return null;
  if (last.sequence - newest.sequence >= EPOCH_RECORDS) return null;
  const now = clock.now().toISOString();
  return linkDraft(draft, details, { now, user, last }, hashing);
}

/** One commit for as many as the journal may lack; of the rest none when one of them fails. */
export function appendAll(
  options: AppendOptions,
  drafts: readonly AuditDraft[],
): Result<readonly AuditEntry[]> {
  const prepared: Prepared[] = [];
  for (const draft of drafts) {
    const details = prepareDetails(draft.details, options.hashing);
    if (!details.ok) return details;
    prepared.push({ draft, details: details.value });
  }
  return appendPrepared(options, prepared);
}

function appendPrepared(
  options: AppendOptions,
  prepared: readonly Prepared[],
): Result<readonly AuditEntry[]> {
  const entries: AuditEntry[] = [];
  while (entries.length < prepared.length) {
    const appended = options.lock.locked((held) =>
      ok(appendSome(options, held, prepared.slice(entries.length))),
    );
    if (!appended.ok) return appended;
    entries.push(...appended.value);
  }
  return ok(entries);
}

type Prepared = { readonly draft: AuditDraft; readonly details: Details };

function appendSome(
  { clock, hashing, user }: AppendOptions,
  held: Held,
  prepared: readonly Prepared[],
): readonly AuditEntry[] {
  endFullEpoch(held);
  const now = clock.now().toISOString();
  const next = (held.last?.sequence ?? 0) + 1;
  // Up to the next sync of the journal: more lines than that are never missed.
  const count = JOURNAL_SYNC_RECORDS - (next % JOURNAL_SYNC_RECORDS);
  const written: StoredRecord[] = [];
  const entries = prepared.slice(0, count).map(({ draft, details }): AuditEntry => {
    const stamp = { now, user, last: written.at(-1) ?? held.last };
    const linked = linkDraft(draft, details, stamp, hashing);
    written.push(linked.record);
    return entryOf(draft, linked);
  });
  write(held, written);
  return entries;
}

const entryOf = ({ mode, risk_level }: AuditDraft, { record, details }: Linked): AuditEntry => ({
  ...record,
  mode,
  risk_level,
  details,
});

function write({ records, evidence, wrote }: Held, written: readonly StoredRecord[]): void {
  const { journal, keys } = evidence();
  const lines = written.map(({ sequence, hash }) => ({
    sequence,
    hash,
    mac: keys.mac(sequence, hash),
    epoch: keys.epoch,
  }));
  const first = written[0] as StoredRecord;
  const last = written.at(-1) as StoredRecord;
  journal.makeRoom(last.sequence);
  // Before the commit: so a power failure never takes more lines than verification allows for.
  if (first.sequence % JOURNAL_SYNC_RECORDS === 0) journal.sync();
  for (const [at, record] of written.entries()) records.insert(record, lines[at]?.mac as string);
  records.commit();
  for (const line of lines) journal.write(line);
  wrote(last);
}

function endFullEpoch(held: Held): void {
  const { newest } = held.evidence();
  if (held.last === null || held.last.sequence - newest.sequence < EPOCH_RECORDS) return;
  const { base, base_hash } = newest;
  held.seal({ kind: 'seal', base, base_hash });
}
