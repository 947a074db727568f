import { setTimeout as sleep } from 'node:timers/promises';

/** Whether something happens in that time. */
export async function within(event: Promise<unknown>, ms: number): Promise<boolean> {
  const waiting = new AbortController();
  const late = sleep(ms, false, { signal: waiting.signal }).catch(() => false);
  const isThere = await Promise.race([event.then(() => true), late]);
  waiting.abort();
  return isThere;
}
