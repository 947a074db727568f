import { useStdout } from 'ink';
import { useLayoutEffect } from 'react';

export type Writer = (finished: string) => void;

/** Hands out the way by which finished text gets above the live lines. */
export function useWriter(receive: (write: Writer) => void): void {
  const { write } = useStdout();
  useLayoutEffect(() => receive(write), [write, receive]);
}
