import { randomUUID } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { createHashing } from '../adapters/system/hashing.ts';
import { isAlive, ownProcess } from '../adapters/system/processes.ts';
import type { Clock } from '../ports.ts';

/** What most of the house needs of the process that it runs in. */
export type Basics = ReturnType<typeof openBasics>;

export function openBasics() {
  const clock: Clock = { now: () => new Date(), monotonicMs: () => performance.now() };
  return {
    clock,
    hashing: createHashing(),
    user: userName(),
    processes: { own: ownProcess(process.pid), isAlive },
    temporary: temporaryFolder(),
    newId: (length: number) => randomUUID().slice(0, length),
  };
}

/** A folder that is not there is told of when something is to be made in it. */
function temporaryFolder(): string {
  try {
    return realpathSync(tmpdir());
  } catch {
    return tmpdir();
  }
}

/** A user without an entry in the system's list still has a number. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.geteuid?.() ?? 'unknown');
  }
}
