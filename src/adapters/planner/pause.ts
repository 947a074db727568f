import { setImmediate } from 'node:timers/promises';

/** Lets the rest of the program have its turn, so that an abort can arrive. */
export async function pause(): Promise<void> {
  await setImmediate();
}

export const PAUSE_EVERY = 64;
