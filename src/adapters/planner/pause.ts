import { setImmediate } from 'node:timers/promises';

const LONGEST_MS = 20;

/** To be called often: now and then it lets the rest of the program have its turn. */
export function createPause(): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < LONGEST_MS) return;
    await setImmediate();
    last = performance.now();
  };
}
