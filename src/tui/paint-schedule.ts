/** When to paint: at once for a key, else no oftener than a screen shows it. */
export type PaintSchedule = {
  now(): void;
  soon(): void;
  stop(): void;
};

const FRAME_MS = 16;

export function createPaintSchedule(paint: () => void, nowMs: () => number): PaintSchedule {
  let lastMs = -Infinity;
  let timer: ReturnType<typeof setTimeout> | null = null;

  function stop(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
  }

  function now(): void {
    stop();
    paint();
    lastMs = nowMs();
  }

  return {
    now,
    soon() {
      timer ??= setTimeout(now, Math.max(0, lastMs + FRAME_MS - nowMs()));
    },
    stop,
  };
}
