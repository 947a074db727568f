import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { fail, ok } from '../../core/result.ts';
import type { Result } from '../../core/types.ts';
import type { ActingLock, Places } from '../../ports.ts';
import { clearClaims, type LockMark, readLock, releaseLock, takeLock } from './lock-file.ts';
import { isAlive, ownProcess } from './processes.ts';

/**
 * A file in the state folder that says which process acts. It cannot outlive that process unseen:
 * with the process id stands when the process was born, and in which run of the machine.
 */
export function createActingLock(given: {
  readonly places: Pick<Places, 'state'>;
  readonly pid: number;
  /** Makes the state folder, or says why it cannot be used. */
  readonly prepareState: () => Result<void>;
}): ActingLock {
  const { places, pid, prepareState } = given;
  const path = join(places.state, 'acting.lock');
  return {
    take() {
      const prepared = prepareState();
      if (!prepared.ok) return prepared;
      const mark: LockMark = { ...ownProcess(pid), id: randomUUID() };
      return guarded('taken', () => {
        const taken = takeLock(path, mark);
        if (taken.kind === 'busy') return busy(taken.pid === pid, taken.pid);
        if (taken.wasLeft) clearClaims(path);
        return ok({ wasLeft: taken.wasLeft, release: () => release(mark) });
      });
    },
    isLeft() {
      try {
        const found = readLock(path);
        return found !== null && (found.mark === null || !isAlive(found.mark));
      } catch {
        // Whatever lies there instead: taking the lock will say what it is.
        return true;
      }
    },
  };

  function release(mark: LockMark): Result<void> {
    return guarded('given back', () => {
      releaseLock(path, mark);
      return ok(undefined);
    });
  }

  function busy(isOwn: boolean, holder: number): Result<never> {
    const who = isOwn ? 'This TinyCode' : `Another TinyCode (process ${holder})`;
    return fail('busy', `${who} is acting on this workspace.`, {
      hint: isOwn ? 'Wait until it is done.' : `Wait until it is done. Its lock is ${path}`,
      data: { pid: holder },
    });
  }

  function guarded<T>(what: string, act: () => Result<T>): Result<T> {
    try {
      return act();
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      return fail('failed', `The lock ${path} cannot be ${what}: ${why}.`, {
        hint: 'Look at what lies there. doctor tells whether the state folder can be written.',
        cause: error,
      });
    }
  }
}
