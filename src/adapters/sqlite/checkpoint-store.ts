import { ok } from '../../core/result.ts';
import type { Checkpoint, Result } from '../../core/types.ts';
import type { CheckpointReader, CheckpointWriter, Clock } from '../../ports.ts';
import { beginAll, noRoom } from './checkpoint-begin.ts';
import { checkBlobs, noBlob, readBlob } from './checkpoint-blobs.ts';
import { checkPrunable, forgetSome } from './checkpoint-prune.ts';
import { findCheckpoint, listCheckpoints, noCheckpoint } from './checkpoint-read.ts';
import { CHECKPOINT_SCHEMA } from './checkpoint-schema.ts';
import type { Database } from './open-database.ts';
import { createStoreFile } from './store-file.ts';

export type CheckpointStoreOptions = {
  readonly path: string;
  readonly clock: Clock;
  readonly quotaBytes?: number;
};

const QUOTA_BYTES = 2 * 1024 ** 3;

/**
 * Checkpoints in SQLite. A step may act once `begin` has returned: then the bytes of all that it
 * changes, and that it has begun, are on the disk. Equal bytes are kept once.
 */
export function createCheckpointStore(
  options: CheckpointStoreOptions,
): CheckpointReader & CheckpointWriter {
  const { path, clock, quotaBytes = QUOTA_BYTES } = options;
  const file = createStoreFile(path, [CHECKPOINT_SCHEMA]);

  return {
    list: (filter) => file.read(ok([]), (db) => listCheckpoints(db, filter)),
    find: (id) => file.read(noCheckpoint(id), (db) => findCheckpoint(db, id)),
    blob: (hash) => file.read(noBlob(hash), (db) => readBlob(db, hash)),
    usage: () =>
      file.read(ok({ checkpoints: 0, bytes: 0, quotaBytes, givenUp: NOTHING }), (db) =>
        ok({ ...readUsage(db), quotaBytes }),
      ),
    begin: (drafts, given) => {
      const blobs = checkBlobs(drafts, given);
      if (!blobs.ok) return blobs;
      // However much is given up, all of these would have to be there at once.
      const size = [...blobs.value.values()].reduce((sum, bytes) => sum + sizeOf(bytes), 0);
      if (size > quotaBytes) return noRoom(quotaBytes);
      const now = clock.now().toISOString();
      return file.write((db) => beginAll(db, { drafts, blobs: blobs.value, now, quotaBytes }));
    },
    end: (ids, status) => file.write((db) => endAll(db, ids, status)),
    prune,
    close: file.close,
  };

  /** In several transactions where it is much: on a full disk there is no room for a large log. */
  function prune(ids: readonly number[]): Result<{ readonly freedBytes: number }> {
    let rest = [...new Set(ids)];
    let freedBytes = 0;
    do {
      const some = file.write((db) => {
        const checked = checkPrunable(db, rest);
        return checked.ok ? ok(forgetSome(db, rest)) : checked;
      });
      if (!some.ok) return some;
      file.shrink();
      freedBytes += some.value.freedBytes;
      rest = rest.slice(some.value.count);
    } while (rest.length > 0);
    return ok({ freedBytes });
  }
}

function endAll(
  db: Database,
  ids: readonly number[],
  status: Exclude<Checkpoint['status'], 'open'>,
): Result<void> {
  const update = db.prepare('UPDATE checkpoints SET status = ? WHERE id = ?');
  const missing = ids.find((id) => update.run(status, id).changes === 0);
  return missing === undefined ? ok(undefined) : noCheckpoint(missing);
}

function readUsage(db: Database) {
  const checkpoints = db.prepare('SELECT count(*) FROM checkpoints').pluck().get() as number;
  const totals = db.prepare('SELECT bytes, given_up, given_up_bytes FROM totals').get() as {
    readonly bytes: number;
    readonly given_up: number;
    readonly given_up_bytes: number;
  };
  const givenUp = { checkpoints: totals.given_up, bytes: totals.given_up_bytes };
  return { checkpoints, bytes: totals.bytes, givenUp };
}

const NOTHING = { checkpoints: 0, bytes: 0 };
const sizeOf = (bytes: Uint8Array | null): number => bytes?.byteLength ?? 0;
