import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { CoRead } from '../../core/audit/scan.ts';
import type { AuditFiles } from './audit-files.ts';
import { type SharedMemory, shareBlocks } from './shared-blocks.ts';

/** What a thread is told. */
export type CoReaderTask = {
  readonly database: string;
  readonly journal: string;
  /** Another base means that the journal was replaced meanwhile. */
  readonly base: number;
  readonly memory: SharedMemory;
};

/** Fewer are read before a thread has started, which takes some 40 ms. */
const MIN_RECORDS = 30_000;
const MAX_THREADS = 3;

/**
 * Threads that confirm blocks from the end of a long log while we go through it from its beginning,
 * until we meet. Each has its own connection and its own snapshot, which may be newer than ours:
 * records are never changed but only added, and pruned, which leaves the block to us. So a thread
 * can say of a block only what we would, and how it went never changes what is found, only when.
 * We wait for a thread without giving way to the event loop; one that fails leaves its work to us.
 */
export function createCoRead(
  program: string | null,
  files: AuditFiles,
  base: number | null,
): CoRead | null {
  const threads = Math.min(availableParallelism() - 1, MAX_THREADS);
  if (program === null || base === null || threads < 1) return null;
  return (sealed) => {
    const count = (sealed.at(-1)?.upTo ?? 0) - (sealed[0]?.after ?? 0);
    if (count < MIN_RECORDS || !existsSync(program)) return null;
    const blocks = shareBlocks(sealed);
    const { database, journal } = files;
    const task: CoReaderTask = { database, journal, base, memory: blocks.memory };
    for (let thread = 0; thread < threads; thread++) start(program, task);
    return {
      found: (index) => (index >= blocks.count || blocks.take(index) ? null : blocks.hear(index)),
      end: blocks.end,
    };
  };
}

function start(program: string, task: CoReaderTask): void {
  const worker = new Worker(program, { workerData: task, env: {}, execArgv: [] });
  worker.unref();
  // What it has not done is done by us.
  worker.on('error', () => undefined);
}
