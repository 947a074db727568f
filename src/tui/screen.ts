import { EventEmitter } from 'node:events';
import type { Size } from './live/view.ts';
import { SYNC_OFF, SYNC_ON } from './painter.ts';

/** What Ink takes for the terminal. */
export type Screen = {
  /** What Ink is given as `stdout`. */
  readonly stream: NodeJS.WriteStream;
  write(data: string): void;
  /** All that is written meanwhile reaches the terminal as one frame. */
  inOneFrame(draw: () => void): void;
  setSize(size: Size): void;
  /** Nothing gets through while Ink takes its leave from lines that are no longer its own. */
  muted(act: () => void): void;
};

/** Higher than any live region: at its height Ink would wipe the scrollback. */
const ENDLESS_ROWS = 100_000;

export function createScreen(write: (data: string) => void, size: Size): Screen {
  let frame: string[] | null = null;
  let isMuted = false;

  const put = (data: string): void => {
    if (isMuted || data === '') return;
    if (frame !== null) frame.push(data);
    else write(SYNC_ON + data + SYNC_OFF);
  };

  // No TTY to Ink, which would then synchronise, hide and measure by itself.
  const emitter = Object.assign(new EventEmitter(), {
    columns: size.columns,
    rows: ENDLESS_ROWS,
    isTTY: false,
    write(data: string, done?: () => void): boolean {
      put(data);
      if (done) setImmediate(done);
      return true;
    },
  });

  return {
    stream: emitter as unknown as NodeJS.WriteStream,
    write: put,
    inOneFrame(draw) {
      const outer = frame;
      frame = outer ?? [];
      const mine = frame;
      try {
        draw();
      } finally {
        frame = outer;
        if (outer === null) put(mine.join(''));
      }
    },
    setSize({ columns }) {
      emitter.columns = columns;
      emitter.emit('resize');
    },
    muted(act) {
      isMuted = true;
      try {
        act();
      } finally {
        isMuted = false;
      }
    },
  };
}
