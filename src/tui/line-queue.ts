import type { Session } from '../runtime/session-type.ts';

/** Lines that were entered, until the session is there and free. */
export type LineQueue = {
  add(line: string): void;
  clear(): void;
  lines(): readonly string[];
  /** Hands over what can be handed over. */
  deliver(): void;
};

const MAX_LINES = 100;

export function createLineQueue(session: () => Session | null): LineQueue {
  let waiting: readonly string[] = [];
  let isDelivering = false;

  function deliver(): void {
    const to = session();
    // What is sent tells its listeners at once, and they deliver too.
    if (to === null || isDelivering) return;
    isDelivering = true;
    try {
      for (let line = next(to); line !== undefined; line = next(to)) {
        waiting = waiting.slice(1);
        to.send({ kind: 'line.entered', line });
      }
    } finally {
      isDelivering = false;
    }
  }

  const next = (to: Session): string | undefined => {
    const { running, isLeaving } = to.state();
    return running === null && !isLeaving ? waiting[0] : undefined;
  };

  return {
    add(line) {
      if (waiting.length < MAX_LINES) waiting = [...waiting, line];
      deliver();
    },
    clear() {
      waiting = [];
    },
    lines: () => waiting,
    deliver,
  };
}
