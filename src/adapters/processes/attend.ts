import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { fail, ok } from '../../core/result.ts';
import type { Result } from '../../core/types.ts';
import type { ProcessEnd, ProcessLimits } from '../../ports.ts';
import { decodeStream } from './decode-stream.ts';
import { createKeptOutput } from './kept-output.ts';
import { endGroup, killGroup } from './process-group.ts';

export type Ended = { readonly exitCode: number | null; readonly signal: string | null };

/** A process that runs, as the leader of its session. */
export type Started = {
  readonly pid: number;
  readonly streams: readonly Readable[];
  readonly ended: Promise<Ended>;
  readonly tookMs: () => number;
};

type Why = 'time' | 'cancelled' | 'thrown';

/** Listens to a process until it has ended with all that it started, by itself or because it must. */
export async function attend(
  { pid, streams, ended, tookMs }: Started,
  limits: ProcessLimits,
  onOutput: (text: string) => void,
  signal: AbortSignal,
): Promise<Result<ProcessEnd>> {
  const kept = createKeptOutput(limits.outputBytes);
  const stopper = createStopper(pid);
  const thrown: unknown[] = [];
  let pieces = 0;
  const hear = (text: string) => {
    pieces++;
    kept.add(text);
    try {
      onOutput(text);
    } catch (error) {
      thrown.push(error);
      stopper.stop('thrown');
    }
  };
  const drained = Promise.all(streams.map((stream) => decodeStream(stream, hear)));
  const onAbort = () => stopper.stop('cancelled');
  const onExit = () => killGroup(pid);
  const timer = setTimeout(() => stopper.stop('time'), Math.min(limits.wallMs, MAX_TIMER_MS));
  signal.addEventListener('abort', onAbort);
  process.once('exit', onExit);
  if (signal.aborted) onAbort();

  const end = await Promise.race([ended, stopper.gaveUp]);
  clearTimeout(timer);
  signal.removeEventListener('abort', onAbort);
  await stopper.finish();
  process.removeListener('exit', onExit);
  await untilQuiet(drained, () => pieces);
  for (const stream of streams) stream.destroy();

  if (thrown.length > 0) throw thrown[0];
  const dropped = kept.droppedBytes();
  const value: ProcessEnd = {
    ...end,
    output: kept.output(),
    droppedBytes: dropped,
    tookMs: tookMs(),
    limits: [...(stopper.why() === 'time' ? ['time'] : []), ...(dropped > 0 ? ['output'] : [])],
  };
  if (stopper.why() !== 'cancelled') return ok(value);
  return fail('cancelled', 'The program was stopped.', { data: value });
}

/** From the friendly signal to the one that cannot be refused. */
const GRACE_MS = 2000;
/** For what the program itself left behind: it is over. */
const LEFT_OVER_GRACE_MS = 200;
/** For what somebody who got away may still hold open. */
const QUIET_MS = 300;
const MAX_QUIETS = 10;
const MAX_TIMER_MS = 2 ** 31 - 1;

function createStopper(pid: number) {
  let reason: Why | null = null;
  let stopping: Promise<void> | null = null;
  let giveUp: (end: Ended) => void = () => {};
  // One that runs as somebody else, or hangs in the system, does not even hear SIGKILL.
  const gaveUp = new Promise<Ended>((resolve) => {
    giveUp = resolve;
  });
  return {
    gaveUp,
    why: () => reason,
    stop(why: Why): void {
      if (stopping !== null) return;
      reason = why;
      stopping = endGroup(pid, GRACE_MS);
      stopping.then(() => sleep(QUIET_MS)).then(() => giveUp({ exitCode: null, signal: null }));
    },
    finish: (): Promise<void> => stopping ?? endGroup(pid, LEFT_OVER_GRACE_MS),
  };
}

/** All is read when the pipes are closed, or when nothing more comes although they are open. */
async function untilQuiet(drained: Promise<unknown>, pieces: () => number): Promise<void> {
  const closed = drained.then(() => true);
  for (let waits = 0; waits < MAX_QUIETS; waits++) {
    const before = pieces();
    if (await Promise.race([closed, sleep(QUIET_MS, false)])) return;
    if (pieces() === before) return;
  }
}
