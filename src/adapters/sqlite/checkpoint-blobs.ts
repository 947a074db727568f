import { createHash } from 'node:crypto';
import { fail, ok } from '../../core/result.ts';
import type { Image, Result } from '../../core/types.ts';
import type { CheckpointDraft } from '../../ports.ts';
import type { Database } from './open-database.ts';

/** SQLite holds no more than 10^9 bytes in a row. */
const MAX_BLOB_BYTES = 999_000_000;

export const blobOf = (image: Image): string | null => (image.kind === 'file' ? image.hash : null);

/** The bytes that these need, checked against their names; what nobody needs is left out. */
export function checkBlobs(
  drafts: readonly CheckpointDraft[],
  given: ReadonlyMap<string, Uint8Array>,
): Result<ReadonlyMap<string, Uint8Array | null>> {
  const needed = new Map<string, Uint8Array | null>();
  for (const { before } of drafts.flatMap(({ entries }) => entries)) {
    const hash = blobOf(before);
    if (hash === null || needed.has(hash)) continue;
    const bytes = given.get(hash) ?? null;
    if (bytes !== null && bytes.byteLength > MAX_BLOB_BYTES) return tooLarge(before.path);
    if (bytes !== null && hashOf(bytes) !== hash) return wrongBytes(before.path);
    needed.set(hash, bytes);
  }
  return ok(needed);
}

/**
 * What is kept already is read once more: this is the last moment at which a damaged pre-image can
 * be replaced by a good one, or the step be refused.
 */
export function keepBlob(db: Database, hash: string, bytes: Uint8Array | null): Result<void> {
  const kept = getBytes(db, hash);
  if (kept !== undefined && hashOf(kept) === hash) return ok(undefined);
  if (bytes === null) return kept === undefined ? noBytes(hash) : damaged(hash);
  if (kept === undefined) {
    const insert = db.prepare('INSERT INTO blobs (hash, size, bytes) VALUES (?, ?, ?)');
    insert.run(hash, bytes.byteLength, bytes);
  } else {
    // In its place: entries need it, and it is counted with its true size.
    db.prepare('UPDATE blobs SET bytes = ? WHERE hash = ?').run(bytes, hash);
  }
  return ok(undefined);
}

export function readBlob(db: Database, hash: string): Result<Uint8Array> {
  const bytes = getBytes(db, hash);
  if (bytes === undefined) return noBlob(hash);
  return hashOf(bytes) === hash ? ok(bytes) : damaged(hash);
}

export const noBlob = (hash: string) =>
  fail('not-found', `There is no file with the hash ${hash} in the checkpoints.`, {
    hint: 'Its checkpoint was pruned, or never made: checkpoints lists what there is.',
  });

function getBytes(db: Database, hash: string): Uint8Array | undefined {
  const bytes = db.prepare('SELECT bytes FROM blobs WHERE hash = ?').pluck();
  return bytes.get(hash) as Uint8Array | undefined;
}

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const damaged = (hash: string) =>
  fail('unreadable', `The kept file with the hash ${hash} is damaged.`, {
    hint: 'Nothing was overwritten. Take that file from another copy.',
  });

const noBytes = (hash: string) =>
  fail('failed', `The bytes of the file with the hash ${hash} are not kept.`, NOT_BEGUN);

const wrongBytes = (path: string) =>
  fail('failed', `The bytes to be kept of ${path} are not those that were looked at.`, NOT_BEGUN);

const tooLarge = (path: string) =>
  fail('limit', `${path} is too large for a checkpoint.`, {
    hint: 'Nothing was begun. Change a file of this size by hand.',
  });

const NOT_BEGUN = { hint: 'Nothing was begun, as it could not be taken back. Plan it again.' };
