import type { Session } from '../runtime/session-type.ts';

/** Lines that were entered before the session was there. */
export type LineQueue = {
  add(line: string): void;
  clear(): void;
  lines(): readonly string[];
  /** Hands over what waits, in its order. */
  deliver(to: Session): void;
};

const MAX_LINES = 20;

export function createLineQueue(): LineQueue {
  let waiting: readonly string[] = [];
  return {
    add(line) {
      if (waiting.length < MAX_LINES) waiting = [...waiting, line];
    },
    clear() {
      waiting = [];
    },
    lines: () => waiting,
    deliver(to) {
      const lines = waiting;
      waiting = [];
      for (const line of lines) to.send({ kind: 'line.entered', line });
    },
  };
}
