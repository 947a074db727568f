import { workerData } from 'node:worker_threads';
import type { CoReaderTask } from '../adapters/sqlite/audit-co-reader.ts';
import { readAlong } from '../adapters/sqlite/audit-read-along.ts';

/** The thread that verifies a long log along with the one that was asked to. */
readAlong(workerData as CoReaderTask);
