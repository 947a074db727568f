import { setImmediate } from 'node:timers/promises';
import { ok } from '../../../core/result.ts';
import type { Result } from '../../../core/types.ts';
import { cancelled } from './bounds.ts';

/** Long work on files in short pieces: to be asked between them. */
export type Pace = {
  /** Now and then it lets the rest of the program have its turn; `cancelled` once it is called off. */
  go(): Promise<Result<void>>;
};

const LONGEST_MS = 15;

export function createPace(signal: AbortSignal): Pace {
  let last = performance.now();
  return {
    async go() {
      if (performance.now() - last > LONGEST_MS) {
        await setImmediate();
        last = performance.now();
      }
      return signal.aborted ? cancelled() : ok(undefined);
    },
  };
}
