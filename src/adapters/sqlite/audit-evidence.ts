import { unlinkSync } from 'node:fs';
import {
  type Checkpoint,
  isNamedBy,
  linesOf,
  parseCheckpoint,
} from '../../core/audit/checkpoint.ts';
import { compareTrails } from '../../core/audit/compare-trails.ts';
import type { Finding } from '../../core/audit/finding.ts';
import { NO_HASH } from '../../core/audit/record.ts';
import { ok } from '../../core/result.ts';
import type { Result } from '../../core/types.ts';
import type { Clock, Hashing } from '../../ports.ts';
import {
  type AuditFiles,
  type Fingerprint,
  fingerprint,
  readIfThere,
  syncFolder,
} from './audit-files.ts';
import { createJournal, type Journal, openJournal } from './audit-journal.ts';
import { type EpochKeys, generateKeys, readKeys } from './audit-keys.ts';
import { refuse } from './audit-refusals.ts';
import { appendLine, overwrite } from './audit-trail.ts';
import { makePrivateFolder } from './open-database.ts';

/** What stands outside the database, held open by a process that appends. */
export type Evidence = {
  readonly newest: Checkpoint;
  readonly keys: EpochKeys;
  readonly journal: Journal;
  /** Of the trail: every change of epoch, journal or key shows in it. */
  readonly fingerprint: Fingerprint | null;
};
export type EvidenceTools = {
  readonly files: AuditFiles;
  readonly clock: Clock;
  readonly hashing: Hashing;
};

/**
 * Reads the evidence, starts it for a log that is new, and ends what a killed process began. All
 * of this under the database's write lock.
 */
export function openEvidence(tools: EvidenceTools, hasRecords: boolean): Result<Evidence> {
  const { files } = tools;
  const trail = readIfThere(files.trail) ?? '';
  const witness = readIfThere(files.witness);
  if (linesOf(trail).length === 0) {
    const isNew = !hasRecords && linesOf(witness ?? '').length === 0 && !hasHeads(files);
    if (!isNew)
      return refuse(files, 'truncated', 'The trail of checkpoints of the audit log is gone.');
    startEvidence(tools);
    return openEvidence(tools, hasRecords);
  }
  const difference = compareTrails(trail, witness) ?? findLostWitness(witness, hasRecords);
  if (difference !== null) return refuse(files, difference.state, difference.problem);
  const newestLine = linesOf(trail).at(-1) ?? '';
  const newest = parseCheckpoint(newestLine, tools.hashing.canonical);
  if (newest === null)
    return refuse(files, 'altered', 'The newest checkpoint of the audit log is malformed.');
  if (linesOf(witness ?? '').at(-1) !== newestLine) appendLine(files.witness, newestLine);

  const keys = takeKeys(tools, newest);
  if (!keys.ok) return keys;
  const found = fingerprint(files.trail);
  if (fingerprint(files.journal) === null) {
    return refuse(files, 'truncated', 'The journal of heads of the audit log is gone.');
  }
  const journal = openJournal(files.journal, 'write');
  if (journal === null) {
    return refuse(files, 'altered', 'The header of the journal of heads was changed.');
  }
  return ok({ newest, keys: keys.value, journal, fingerprint: found });
}

/** The first key, and a journal and a trail that begin with it. */
function startEvidence({ files, clock, hashing }: EvidenceTools): void {
  const { canonical, sha256 } = hashing;
  makePrivateFolder(files.folder);
  const keys = generateKeys(1, sha256);
  overwrite(files.key, keys.text);
  createJournal(files.journal, 1, []);
  syncFolder(files.folder);
  const unsigned = {
    kind: 'start',
    epoch: 0,
    sequence: 0,
    hash: NO_HASH,
    base: 1,
    base_hash: NO_HASH,
    timestamp: clock.now().toISOString(),
    public_key: keys.publicKey,
    next_public_key: keys.publicKey,
  } as const;
  const line = canonical({ ...unsigned, signature: keys.sign(canonical(unsigned)) });
  appendLine(files.trail, line);
  syncFolder(files.folder);
  appendLine(files.witness, line);
}

function hasHeads(files: AuditFiles): boolean {
  if (fingerprint(files.journal) === null) return false;
  const journal = openJournal(files.journal, 'read');
  journal?.close();
  return journal === null || journal.newest.sequence >= journal.base;
}

function findLostWitness(witness: string | null, hasRecords: boolean): Finding | null {
  if (witness !== null || !hasRecords) return null;
  return { state: 'truncated', problem: 'The witness of the checkpoints is gone.' };
}

/** A killed process may have left the next key beside the one that it was to replace. */
function takeKeys({ files, hashing }: EvidenceTools, newest: Checkpoint): Result<EpochKeys> {
  const text = readIfThere(files.key);
  const current = readKeys(text ?? '', hashing.sha256);
  if (current !== null && isNamedBy(newest, current)) return ok(current);
  const next = readKeys(readIfThere(files.nextKey) ?? '', hashing.sha256);
  if (next !== null && isNamedBy(newest, next)) {
    replaceKey(files, next);
    return ok(next);
  }
  return text === null
    ? refuse(files, 'truncated', "The audit log's signing key is gone.")
    : refuse(
        files,
        'altered',
        "The audit log's signing key is not the one that its last checkpoint names.",
      );
}

/** Overwrites the old key in its place, so that its epoch can never be signed anew. */
export function replaceKey(files: AuditFiles, next: EpochKeys): void {
  overwrite(files.key, next.text);
  unlinkSync(files.nextKey);
  syncFolder(files.folder);
}
