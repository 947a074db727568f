/** Knows when nobody has typed for a while. */
export type Quiet = { noteKey(): void; wait(): Promise<void>; stop(): void };

const QUIET_MS = 50;

export function createQuiet(nowMs: () => number): Quiet {
  let lastMs = nowMs();
  let timer: ReturnType<typeof setTimeout> | null = null;
  return {
    noteKey() {
      lastMs = nowMs();
    },
    wait: () =>
      new Promise((settle) => {
        const look = (): void => {
          const restMs = lastMs + QUIET_MS - nowMs();
          if (restMs > 0) timer = setTimeout(look, restMs);
          // A turn of the loop, so that what was typed during the last piece is seen first.
          else setImmediate(() => (lastMs + QUIET_MS > nowMs() ? look() : settle()));
        };
        look();
      }),
    stop() {
      if (timer !== null) clearTimeout(timer);
    },
  };
}
