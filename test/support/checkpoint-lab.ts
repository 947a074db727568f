import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { createCheckpointStore } from '../../src/adapters/sqlite/checkpoint-store.ts';
import type { CheckpointEntry, Image } from '../../src/core/types.ts';
import type { CheckpointDraft } from '../../src/ports.ts';
import { temporaryFolder } from './files.ts';
import { tickingClock } from './ticking-clock.ts';

export type CheckpointLab = ReturnType<typeof newCheckpointLab>;

/** A folder with room for checkpoints. */
export function newCheckpointLab(quotaBytes?: number, root = temporaryFolder()) {
  const path = join(root, 'state', 'checkpoints.db');
  const clock = tickingClock();
  const quota = quotaBytes === undefined ? {} : { quotaBytes };
  return { root, path, clock, open: () => createCheckpointStore({ path, clock, ...quota }) };
}

export const sha256 = (bytes: Uint8Array | string) =>
  createHash('sha256').update(bytes).digest('hex');

/** Texts as a step's pre-images. */
export const blobsOf = (...texts: readonly string[]): ReadonlyMap<string, Uint8Array> =>
  new Map(texts.map((text) => [sha256(text), Buffer.from(text)]));

export const fileOf = (path: string, text: string): Image => ({
  path,
  kind: 'file',
  hash: sha256(text),
  size: Buffer.byteLength(text),
  mode: 0o644,
});

/** The text goes, another one comes. */
export const entryOf = (path: string, before: string): CheckpointEntry => ({
  before: fileOf(path, before),
  after: fileOf(path, `${before} changed`),
});

/** A step that changes a file for each of these texts. */
export const draftOf = (
  plan: string,
  step: string,
  ...texts: readonly string[]
): CheckpointDraft => ({
  plan,
  step,
  entries: texts.map((text, number) => entryOf(`src/${step}-${number}.ts`, text)),
});
