import type { Clock } from '../../src/ports.ts';

/** Every look at it is a second later. */
export function tickingClock(start = '2026-01-31T12:00:00Z'): Clock {
  let now = Date.parse(start);
  return {
    now: () => {
      now += 1000;
      return new Date(now);
    },
    monotonicMs: () => now,
  };
}
