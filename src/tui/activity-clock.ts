import type { Running } from '../core/types.ts';
import { SPIN_MS } from './live/layout-activity.ts';
import type { Activity } from './live/view.ts';

/** Nothing is shown of what is over sooner than this. */
const QUIET_MS = 300;

/** Ticks while something runs, and only then. */
export type ActivityClock = {
  watch(running: Running | null): void;
  activity(running: Running | null): Activity | null;
  stop(): void;
};

export function createActivityClock(nowMs: () => number, onTick: () => void): ActivityClock {
  let since: { readonly id: number; readonly ms: number } | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;

  function stop(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    since = null;
  }

  function tickIn(ms: number): void {
    timer = setTimeout(() => {
      tickIn(SPIN_MS);
      onTick();
    }, ms);
  }

  return {
    watch(running) {
      if (running === null) return stop();
      if (since?.id === running.id) return;
      stop();
      since = { id: running.id, ms: nowMs() };
      tickIn(QUIET_MS);
    },
    activity(running) {
      if (running === null || since === null) return null;
      const elapsedMs = nowMs() - since.ms;
      return elapsedMs < QUIET_MS ? null : { name: running.name, line: running.line, elapsedMs };
    },
    stop,
  };
}
