import { createHash } from 'node:crypto';
import { createCheckpointStore } from '../../src/adapters/sqlite/checkpoint-store.ts';
import type { Result } from '../../src/core/types.ts';

/**
 * Begins and ends batches until it is killed, and prints what was acknowledged: `begun ID HASH` and
 * `ended ID`. `PATH NAME [END]`: with `never` nothing is ended, and it dies of its own hand after
 * its first batch has begun. A failure is printed with its code, and ends it.
 */
const [, , path = '', name = '', end = 'always'] = process.argv;
const BATCH = 5;

const clock = { now: () => new Date(), monotonicMs: () => performance.now() };
const store = createCheckpointStore({ path, clock });
for (let batch = 1; ; batch++) {
  const files = Array.from({ length: BATCH }, (_, number) => {
    const bytes = Buffer.from(`${name} ${batch} ${number} ${'x'.repeat(3000)}`);
    return { bytes, hash: createHash('sha256').update(bytes).digest('hex'), path: `${number}.ts` };
  });
  const drafts = files.map(({ path, hash, bytes }) => ({
    plan: name,
    step: `${batch}`,
    entries: [
      {
        before: { path, kind: 'file', hash, size: bytes.length, mode: 0o600 } as const,
        after: { path, kind: 'absent' } as const,
      },
    ],
  }));
  const ids = must(store.begin(drafts, new Map(files.map(({ hash, bytes }) => [hash, bytes]))));
  process.stdout.write(ids.map((id, at) => `begun ${id} ${files[at]?.hash}\n`).join(''));
  if (end === 'never') process.kill(process.pid, 'SIGKILL');
  must(store.end(ids, 'done'));
  process.stdout.write(ids.map((id) => `ended ${id}\n`).join(''));
}

function must<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  process.stdout.write(`failed ${result.error.code}\n`);
  process.exit(1);
}
