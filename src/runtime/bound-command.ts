import type { Command } from '../commands/command.ts';
import { fail } from '../core/result.ts';
import type { Block, Json, Outcome, Progress, Result } from '../core/types.ts';

/** What a command may tell its door while it runs. */
export type Listener = {
  readonly show: (block: Block) => void;
  readonly line: ((value: Json) => void) | null;
  readonly progress?: (progress: Progress) => void;
};

/**
 * The one place where a throw becomes a failure; also where time and output end, and a cancel is
 * heard. A command that was stopped says nothing more.
 */
export async function boundCommand(
  command: Command,
  listener: Listener,
  signal: AbortSignal,
  run: (limited: AbortSignal, metered: Listener) => Promise<Result<Outcome>>,
): Promise<Result<Outcome>> {
  const limited = new AbortController();
  const stop = (reason: Result<never>) => limited.abort(reason);
  const onCancel = () => stop(fail('cancelled', `${command.name} was cancelled.`));
  const timer = setTimeout(() => {
    stop(fail('timeout', `${command.name} took longer than ${command.limits.timeoutMs / 1000} s.`));
  }, command.limits.timeoutMs);
  signal.addEventListener('abort', onCancel, { once: true });
  const aborted = new Promise<Result<never>>((resolve) => {
    limited.signal.addEventListener('abort', () => resolve(limited.signal.reason), { once: true });
  });
  if (signal.aborted) onCancel();
  const metered = meter(command, listener, limited.signal, stop);
  try {
    return await Promise.race([run(limited.signal, metered), aborted]);
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    return fail('failed', `${command.name} failed: ${message}`, { cause });
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onCancel);
  }
}

function meter(
  { name, limits }: Command,
  { show, line, progress }: Listener,
  stopped: AbortSignal,
  stop: (reason: Result<never>) => void,
): Listener {
  let bytes = 0;
  const fits = (piece: Json | Block): boolean => {
    if (stopped.aborted) return false;
    bytes += Buffer.byteLength(JSON.stringify(piece));
    if (bytes <= limits.outputBytes) return true;
    stop(fail('limit', `${name} said more than ${limits.outputBytes} bytes and was stopped.`));
    return false;
  };
  return {
    show: (block) => {
      if (fits(block)) show(block);
    },
    line:
      line &&
      ((value) => {
        if (fits(value)) line(value);
      }),
    ...(progress === undefined
      ? {}
      : {
          progress: (far: Progress) => {
            if (!stopped.aborted) progress(far);
          },
        }),
  };
}
