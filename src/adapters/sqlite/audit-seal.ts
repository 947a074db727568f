import type { Checkpoint } from '../../core/audit/checkpoint.ts';
import type { Evidence, EvidenceTools } from './audit-evidence.ts';
import { replaceKey } from './audit-evidence.ts';
import { fingerprint, syncFolder } from './audit-files.ts';
import { generateKeys } from './audit-keys.ts';
import { appendLine, overwrite } from './audit-trail.ts';

export type Sealed = Pick<Checkpoint, 'kind' | 'sequence' | 'hash' | 'base' | 'base_hash'>;

/**
 * Ends an epoch, under the write lock: its key signs where the log stands and which key comes
 * next, and is destroyed. The next key is on the disk before it is named, and the checkpoint in
 * trail and witness before the old key goes, so that a kill between any two steps can be ended.
 */
export function sealEpoch(tools: EvidenceTools, evidence: Evidence, sealed: Sealed): Evidence {
  const { files, clock, hashing } = tools;
  const { canonical, sha256 } = hashing;
  evidence.journal.sync();
  const next = generateKeys(evidence.keys.epoch + 1, sha256);
  overwrite(files.nextKey, next.text);
  syncFolder(files.folder);
  const unsigned = {
    ...sealed,
    epoch: evidence.keys.epoch,
    timestamp: clock.now().toISOString(),
    public_key: evidence.keys.publicKey,
    next_public_key: next.publicKey,
  };
  const newest = { ...unsigned, signature: evidence.keys.sign(canonical(unsigned)) };
  const line = canonical(newest);
  appendLine(files.trail, line);
  appendLine(files.witness, line);
  replaceKey(files, next);
  return { newest, keys: next, journal: evidence.journal, fingerprint: fingerprint(files.trail) };
}
