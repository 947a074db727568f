import type { LimitName } from '../../../core/types.ts';
import { endingOf, endTree } from './end-tree.ts';
import { type Heard, hearProgram } from './hear-program.ts';
import type { Started } from './start-program.ts';
import { within } from './within-time.ts';

/** Why a program had to end before it wanted to. */
export type Stop =
  | { readonly kind: 'limit'; readonly name: LimitName }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'thrown'; readonly error: unknown };

export type Attended = { readonly heard: Heard; readonly stop: Stop | null };

/** What stops a program from outside, and hears that it was started. */
export type Attendance = {
  readonly started: Started;
  readonly place: 'first' | 'loose';
  readonly token: string;
  readonly wallMs: number;
  readonly outputBytes: number;
  readonly onOutput: (text: string) => void;
  /** Called once, with what stops the program at once. What it returns is called at the end. */
  readonly watch: (stop: (why: Stop) => void) => () => void;
};

/** Listens to a program until it has ended with all that it started, by itself or because it must. */
export async function attend(
  { started, place, token, wallMs, outputBytes, onOutput, watch }: Attendance,
  signal: AbortSignal,
): Promise<Attended> {
  const { pid, ended } = started;
  const ending = endingOf(pid, place);
  let stop: Stop | null = null;
  let giveUp = () => {};
  // One that hangs in the system does not even hear SIGKILL.
  const gaveUp = new Promise<void>((resolve) => {
    giveUp = resolve;
  });
  const end = (why: Stop, graceMs: number) => {
    if (stop !== null) return;
    stop = why;
    // What has not begun has nobody in it who could hear a friendly word.
    endTree(ending, ended, heard.hasBegun() ? graceMs : 0).then(giveUp);
  };
  const heard = hearProgram(started, { outputBytes, token }, (text) => {
    try {
      onOutput(text);
    } catch (error) {
      end({ kind: 'thrown', error }, GRACE_MS);
    }
  });
  const onAbort = () => end({ kind: 'cancelled' }, GRACE_MS);
  const onExit = () => ending.kill();
  const timer = setTimeout(
    () => end({ kind: 'limit', name: 'time' }, GRACE_MS),
    Math.min(wallMs, MAX_TIMER_MS),
  );
  const waking = setInterval(ending.wake, WAKE_MS);
  const unwatch = watch((why) => end(why, 0));
  signal.addEventListener('abort', onAbort);
  process.once('exit', onExit);
  if (signal.aborted) onAbort();

  await Promise.race([ended, gaveUp]);
  clearTimeout(timer);
  clearInterval(waking);
  signal.removeEventListener('abort', onAbort);
  unwatch();
  await ending.rest();
  process.removeListener('exit', onExit);
  await untilQuiet(heard);
  started.letGo();
  return { heard, stop };
}

/** From the friendly signal to the one that cannot be refused. */
const GRACE_MS = 2000;
/** A debugger that attaches to its parent and goes leaves that stopped. */
const WAKE_MS = 1000;
const MAX_TIMER_MS = 2 ** 31 - 1;
/** For what somebody who got away may still hold open. */
const QUIET_MS = 300;
const MAX_QUIETS = 10;

/** All is read when the pipes are closed, or when nothing more comes although they are open. */
async function untilQuiet({ drained, pieces }: Heard): Promise<void> {
  for (let waits = 0; waits < MAX_QUIETS; waits++) {
    const before = pieces();
    if ((await within(drained, QUIET_MS)) || pieces() === before) return;
  }
}
