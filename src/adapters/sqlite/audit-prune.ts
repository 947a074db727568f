import type { HeadLine } from '../../core/audit/head-line.ts';
import { fail, ok } from '../../core/result.ts';
import type { AuditDraft, Result } from '../../core/types.ts';
import type { AuditFiles } from './audit-files.ts';
import { createJournal } from './audit-journal.ts';
import type { Held } from './audit-lock.ts';
import type { Owner } from './audit-records.ts';

export type Pruned = { readonly dropped: number; readonly kept: number };

/** What will be dropped, checked; null where there is nothing to drop. */
export function draftPruning(
  { records, last, evidence }: Held,
  keepFrom: number,
): Result<AuditDraft | null> {
  const { base } = evidence().newest;
  if (!Number.isSafeInteger(keepFrom) || last === null || keepFrom > last.sequence) {
    return fail('invalid', `There is no record ${keepFrom} to keep.`, {
      hint: `Name a record from ${base} to ${last?.sequence ?? base}: audit show lists them.`,
    });
  }
  if (keepFrom <= base) return ok(null);
  const hash = records.hash(keepFrom - 1) ?? '';
  return ok({
    ...sayWho(records.owner(last.sequence)),
    action: 'audit.pruned',
    details: { keepFrom, dropped: keepFrom - base, last_dropped: { sequence: keepFrom - 1, hash } },
    risk_level: 'high',
  });
}

/**
 * The checkpoint says first what is given up, then the records go. A kill in between leaves
 * records that are no longer owed; the next pruning takes them.
 */
export function dropRecords(files: AuditFiles, held: Held, keepFrom: number): Result<Pruned> {
  const { records } = held;
  const { base } = held.evidence().newest;
  if (keepFrom > base) {
    held.seal({ kind: 'prune', base: keepFrom, base_hash: records.hash(keepFrom - 1) ?? '' });
    createJournal(files.journal, keepFrom, linesFrom(held, keepFrom));
    held.forgetEvidence();
  }
  const dropped = records.deleteBefore(Math.max(base, keepFrom));
  records.commit();
  return ok({ dropped, kept: records.count() });
}

/** The epochs of these lines are sealed, so nobody can check a MAC of theirs any more. */
function* linesFrom({ records, evidence }: Held, from: number): Generator<HeadLine> {
  const { epoch } = evidence().newest;
  for (const { sequence, hash } of records.from(from)) {
    yield { sequence, hash, mac: NO_MAC, epoch };
  }
}

/** The pruning belongs to whoever asked for it, which is what was recorded last. */
const sayWho = ({ session, mode }: Owner): Pick<AuditDraft, 'session' | 'mode'> => ({
  session,
  mode: mode as AuditDraft['mode'],
});

const NO_MAC = '0'.repeat(32);
