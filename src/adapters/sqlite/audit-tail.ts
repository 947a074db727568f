import type { HeadLine } from '../../core/audit/head-line.ts';
import { JOURNAL_SYNC_RECORDS } from '../../core/audit/judge-line.ts';
import { ok } from '../../core/result.ts';
import type { Result } from '../../core/types.ts';
import type { Evidence } from './audit-evidence.ts';
import type { AuditFiles } from './audit-files.ts';
import type { Records } from './audit-records.ts';
import { refuse } from './audit-refusals.ts';

export type Newest = { readonly sequence: number; readonly hash: string };

/**
 * Compares the newest record with its line before anything is linked to it, so that an older copy
 * that was put back is not written on. Lines that a power failure took are written again, and so
 * is the one whose process was killed, or is still about to write the very same.
 */
export function checkTail(
  files: AuditFiles,
  records: Records,
  evidence: Evidence,
  newest: Newest,
): Result<void> {
  const { journal } = evidence;
  if (newest.sequence < evidence.newest.sequence || journal.read(newest.sequence + 1) !== 'blank') {
    return refuse(
      files,
      'truncated',
      `The audit log ends at record ${newest.sequence}, but later ones were written: it was cut, or an older copy was put back.`,
    );
  }
  if (newest.sequence === 0) return ok(undefined);
  const line = journal.read(newest.sequence);
  if (line === 'blank') return restoreLines(files, records, evidence, newest);
  if (line === 'malformed' || line.sequence !== newest.sequence || line.hash !== newest.hash) {
    return refuse(
      files,
      'altered',
      `Record ${newest.sequence} of the audit log is not the one that was written.`,
    );
  }
  return ok(undefined);
}

function restoreLines(
  files: AuditFiles,
  records: Records,
  { journal, keys }: Evidence,
  newest: Newest,
): Result<void> {
  const lines: HeadLine[] = [];
  for (let sequence = newest.sequence; sequence > 0; sequence--) {
    if (journal.read(sequence) !== 'blank') break;
    const hash = records.hash(sequence);
    const mac = records.mac(sequence);
    if (hash === null || mac === null || keys.mac(sequence, hash) !== mac) {
      return refuse(
        files,
        'altered',
        `Record ${sequence} of the audit log was not written by TinyCode.`,
      );
    }
    if (lines.length >= JOURNAL_SYNC_RECORDS) {
      return refuse(
        files,
        'truncated',
        'The journal of heads was cut, or an older copy was put back.',
      );
    }
    lines.push({ sequence, hash, mac, epoch: keys.epoch });
  }
  for (const line of lines.toReversed()) {
    journal.makeRoom(line.sequence);
    journal.write(line);
  }
  // A single one is most often that of a living process, which writes the same.
  if (lines.length > 1) journal.sync();
  return ok(undefined);
}
