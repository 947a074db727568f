import type { ReadStream } from 'node:tty';
import { createDecoder } from './keys/decoder.ts';
import type { Key } from './keys/key.ts';

/** The one listener on standard input. */
export type KeySource = {
  open(): void;
  /** Leaves the bytes to someone else, such as an editor. */
  pause(): void;
  close(): void;
};

export function listenForKeys(
  stdin: ReadStream,
  onKeys: (keys: readonly Key[]) => void,
  onEnd: () => void,
): KeySource {
  const decoder = createDecoder();
  let timer: ReturnType<typeof setTimeout> | null = null;
  let isOpen = false;
  let isEarly = false;
  let reads = 0;

  function give(keys: readonly Key[]): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const waitMs = decoder.waitMs();
    if (waitMs !== null) timer = setTimeout(flushUnlessMoreCame, waitMs);
    if (keys.length > 0) onKeys(keys);
  }

  // A timer that is late fires before the read that was waiting as long: look once more.
  function flushUnlessMoreCame(): void {
    const readsBefore = reads;
    setImmediate(() => {
      if (reads === readsBefore) give(decoder.flush());
    });
  }

  const onData = (data: Buffer | string): void => {
    reads++;
    const bytes = typeof data === 'string' ? Buffer.from(data) : data;
    give(decoder.push(isEarly ? withReturns(bytes) : bytes));
  };

  // Until the first poll is over, what is read was typed before the prompt was there.
  function expectEarlyKeys(): void {
    isEarly = true;
    setImmediate(() =>
      setImmediate(() => {
        isEarly = false;
      }),
    );
  }

  return {
    open() {
      if (!isOpen) {
        expectEarlyKeys();
        stdin.on('data', onData);
        stdin.on('end', onEnd);
        // A terminal that is gone reads as an error.
        stdin.on('error', onEnd);
      }
      isOpen = true;
      stdin.resume();
    },
    pause() {
      stdin.pause();
    },
    close() {
      if (timer !== null) clearTimeout(timer);
      stdin.off('data', onData);
      stdin.off('end', onEnd);
      stdin.pause();
    },
  };
}

const NEWLINE = 10;
const RETURN = 13;

/** While the terminal was not ours it made a newline of every Return. */
const withReturns = (bytes: Buffer): Buffer =>
  Buffer.from(bytes.map((byte) => (byte === NEWLINE ? RETURN : byte)));
