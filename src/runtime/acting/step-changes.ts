import { changesBetween } from '../../core/plan/file-changes.ts';
import { fail, ok } from '../../core/result.ts';
import type { CheckpointEntry, Content, Result, Step } from '../../core/types.ts';
import type { CheckpointReader, FileChange } from '../../ports.ts';

export const entriesOf = ({ before, after }: Step): readonly CheckpointEntry[] =>
  before.map((image, index) => ({ before: image, after: after[index] as typeof image }));

const bytesOf = (content: Content): Uint8Array =>
  typeof content === 'string' ? Buffer.from(content) : Buffer.from(content.base64, 'base64');

/** The changes of names that lead from before to after, each file with the bytes it gets. */
export function changesOf(
  entries: readonly CheckpointEntry[],
  bytesFor: (hash: string) => Result<Uint8Array>,
): Result<readonly FileChange[]> {
  const changes: FileChange[] = [];
  for (const change of changesBetween(entries)) {
    if (change.kind !== 'put') {
      changes.push(change);
      continue;
    }
    const bytes = bytesFor(change.after.hash);
    if (!bytes.ok) return bytes;
    changes.push({ ...change, bytes: bytes.value });
  }
  return ok(changes);
}

/** The one file that a step writes has the bytes of its action. */
export const bytesOfStep =
  ({ action, id }: Step) =>
  (_hash: string): Result<Uint8Array> =>
    action.kind === 'file.write' || action.kind === 'file.edit'
      ? ok(bytesOf(action.content))
      : fail('failed', `Step ${id} has no content to write.`);

export const bytesOfCheckpoint =
  (checkpoints: CheckpointReader) =>
  (hash: string): Result<Uint8Array> =>
    checkpoints.blob(hash);
