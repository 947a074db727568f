import { fail, ok } from '../../core/result.ts';
import type { Result } from '../../core/types.ts';
import type { CheckpointDraft } from '../../ports.ts';
import { blobOf, keepBlob } from './checkpoint-blobs.ts';
import { giveUpOldest, keptBytes } from './checkpoint-prune.ts';
import type { Database } from './open-database.ts';

export type Beginning = {
  readonly drafts: readonly CheckpointDraft[];
  /** All that the drafts need; null where the bytes are said to be kept already. */
  readonly blobs: ReadonlyMap<string, Uint8Array | null>;
  readonly now: string;
  readonly quotaBytes: number;
};

/** Within one transaction; the ids in the order of the drafts. */
export function beginAll(db: Database, beginning: Beginning): Result<readonly number[]> {
  const { drafts, blobs, now, quotaBytes } = beginning;
  for (const [hash, bytes] of blobs) {
    const kept = keepBlob(db, hash, bytes);
    if (!kept.ok) return kept;
  }
  const ids = drafts.map((draft) => addCheckpoint(db, draft, now));
  // Only now it is known what is needed, and that no blob of it goes with an older checkpoint.
  giveUpOldest(db, new Set(drafts.map(({ plan }) => plan)), quotaBytes);
  return keptBytes(db) > quotaBytes ? noRoom(quotaBytes) : ok(ids);
}

function addCheckpoint(db: Database, draft: CheckpointDraft, now: string): number {
  const { plan, step, undoes = null, entries } = draft;
  const { lastInsertRowid } = db
    .prepare("INSERT INTO checkpoints (plan, step, at, undoes, status) VALUES (?, ?, ?, ?, 'open')")
    .run(plan, step, now, undoes);
  const id = Number(lastInsertRowid);
  const insert = db.prepare(
    'INSERT INTO entries (checkpoint, ordinal, blob, before, after) VALUES (?, ?, ?, ?, ?)',
  );
  for (const [ordinal, { before, after }] of entries.entries()) {
    insert.run(id, ordinal, blobOf(before), JSON.stringify(before), JSON.stringify(after));
  }
  return id;
}

export const noRoom = (quotaBytes: number) =>
  fail('limit', `The files to be kept do not fit into the ${quotaBytes} bytes for checkpoints.`, {
    hint: 'Nothing was begun. Make room with checkpoints prune, or divide the step.',
  });
