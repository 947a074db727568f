import { existsSync } from 'node:fs';
import { fail, ok } from '../../core/result.ts';
import type { Result } from '../../core/types.ts';
import type { AuditHead, AuditReader, AuditWriter, Clock, Hashing, Places } from '../../ports.ts';
import { appendAll, appendRecord } from './audit-append.ts';
import { auditFilesOf } from './audit-files.ts';
import { signHead } from './audit-head.ts';
import { createAuditLock } from './audit-lock.ts';
import { draftPruning, dropRecords, type Pruned } from './audit-prune.ts';
import { createAuditReader } from './audit-reader.ts';

export type AuditLogOptions = {
  readonly places: Pick<Places, 'state' | 'config'>;
  readonly clock: Clock;
  readonly hashing: Hashing;
  readonly user: string;
  /** The built program of a co-reader, which verifies long logs along with us. */
  readonly coReader?: string;
};

/** The audit log of a workspace. Opened at the first use; reading creates nothing. */
export function createAuditLog(options: AuditLogOptions): AuditReader & AuditWriter {
  const { clock, hashing } = options;
  const files = auditFilesOf(options.places);
  const lock = createAuditLock({ files, clock, hashing });
  const coReader = options.coReader ?? null;
  const reader = createAuditReader({ files, clock, hashing, coReader });
  return {
    ...reader,
    append: (draft) => appendRecord({ ...options, lock }, draft),
    appendAll: (drafts) => appendAll({ ...options, lock }, drafts),
    seal,
    prune,
    close: lock.close,
  };

  function seal(): Result<AuditHead> {
    if (!existsSync(files.database)) return fail('not-found', 'Nothing is recorded yet.');
    return lock.locked((held) => {
      const { newest, keys } = held.evidence();
      if (held.last === null) return fail('not-found', 'Nothing is recorded yet.');
      const head = signHead(held.last, clock.now().toISOString(), keys, hashing.canonical);
      if (newest.sequence === held.last.sequence) return ok(head);
      held.seal({ kind: 'seal', base: newest.base, base_hash: newest.base_hash });
      held.records.commit();
      return ok(head);
    });
  }

  /** What is not proven intact is evidence, and nothing of it is dropped. */
  function prune(keepFrom: number): Result<Pruned> {
    const report = reader.verify(new AbortController().signal);
    if (!report.ok) return report;
    const { state, problem = '' } = report.value;
    if (state !== 'intact') {
      return fail(`audit-${state}`, `The audit log is not pruned: ${problem}`, {
        hint: 'Run audit verify. What is left is evidence; keep a copy of it.',
      });
    }
    if (!existsSync(files.database)) return fail('not-found', 'Nothing is recorded yet.');
    const draft = lock.locked((held) => draftPruning(held, keepFrom));
    if (!draft.ok) return draft;
    if (draft.value !== null) {
      const recorded = appendRecord({ ...options, lock }, draft.value);
      if (!recorded.ok) return recorded;
    }
    return lock.locked((held) => dropRecords(files, held, keepFrom));
  }
}
