import { constants } from 'node:os';

/** Whatever ends the process, the terminal is handed back as it was found. */
export type Guard = { release(): void };

const SIGNALS = ['SIGTERM', 'SIGHUP', 'SIGINT', 'SIGQUIT'] as const;

export function guardTerminal(
  restore: () => void,
  onSignal: (exitCode: number) => void,
  onContinue: () => void,
): Guard {
  const handlers = SIGNALS.map((signal) => ({
    signal,
    handle: () => onSignal(128 + constants.signals[signal]),
  }));
  for (const { signal, handle } of handlers) process.on(signal, handle);
  process.on('SIGCONT', onContinue);
  process.on('exit', restore);
  // Before the error is printed, so that it does not land amid the live lines.
  process.on('uncaughtExceptionMonitor', restore);
  return {
    release() {
      for (const { signal, handle } of handlers) process.off(signal, handle);
      process.off('SIGCONT', onContinue);
      process.off('exit', restore);
      process.off('uncaughtExceptionMonitor', restore);
    },
  };
}
