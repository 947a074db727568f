import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, constants, existsSync, openSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { fail, ok } from '../../../core/result.ts';
import type { Result } from '../../../core/types.ts';
import type { Tools } from '../cage/tools.ts';
import { holderScript, OUTER_PROC, type Scene } from './holder-script.ts';
import { within } from './within-time.ts';

/**
 * A process that keeps a world of its own for programs: their view of the disk, and their numbers.
 * It ends with this process, however that ends, and the kernel ends all that is in it, and takes
 * down what was laid in it.
 */
export type Holder = {
  readonly pid: number;
  /** Where this process finds what lies at `/` in it. */
  readonly root: string;
  /** What follows these words is started in it. */
  readonly words: readonly string[];
  isOver(): boolean;
  close(): Promise<void>;
};

/** `unavailable` where this machine lets us have none. */
export async function openHolder(
  tools: Tools,
  scene: Scene,
  signal: AbortSignal,
): Promise<Result<Holder>> {
  if (signal.aborted) return cancelled();
  const { unshare, nsenter, mount, mkdir, sh } = tools;
  if (!unshare || !nsenter || !mount || !mkdir || !sh) {
    return unavailable('unshare, nsenter and mount of util-linux are needed');
  }
  const started = start(unshare, [...APART, sh, '-c', ...nameScript(scene, mount, mkdir)]);
  if (!started.ok) return started;
  const child = started.value;
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const close = async () => {
    child.ref();
    child.stdin?.destroy();
    if (await within(ended, MAX_END_MS)) return;
    child.kill('SIGKILL');
    await within(ended, MAX_END_MS);
    child.unref();
  };
  const ready = await untilReady(child, ended, signal);
  if (!ready.ok) {
    child.kill('SIGKILL');
    await close();
    return ready;
  }
  letGo(child);
  const { value: pid } = ready;
  const target = ['--target', String(pid), '--user', '--preserve-credentials', '--mount', '--pid'];
  return ok({
    pid,
    root: `/proc/${pid}/root`,
    words: [nsenter, ...target, '--'],
    isOver: () => child.exitCode !== null || !existsSync(`/proc/${pid}/root/.`),
    close,
  });
}

/**
 * Capabilities are kept for the script alone, which has to mount: who is not root loses them with
 * the next program that is started, and root is deprived of them by each rung.
 */
const APART = [
  ...['--user', '--map-current-user', '--keep-caps', '--mount', '--mount-proc'],
  ...['--pid', '--fork', '--kill-child'],
];

function nameScript(scene: Scene, mount: string, mkdir: string): readonly string[] {
  const [script, ...words] = holderScript(scene, {
    ...{ mount, mkdir },
    isRoot: process.geteuid?.() === 0,
  });
  return [script, 'tinycode-view', ...words];
}

function start(program: string, words: readonly string[]): Result<ChildProcess> {
  const proc = openSync('/proc', constants.O_RDONLY | constants.O_DIRECTORY);
  const between = Array.from({ length: OUTER_PROC - 3 }, () => 'ignore' as const);
  try {
    const child = spawn(program, words, {
      cwd: '/',
      env: { PATH: '/usr/bin:/bin:/usr/sbin:/sbin', LC_ALL: 'C' },
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe', ...between, proc],
    });
    return ok(child);
  } catch (cause) {
    return unavailable((cause as Error).message);
  } finally {
    closeSync(proc);
  }
}

/** What it says when all is laid, or why it ended before that. */
function untilReady(
  child: ChildProcess,
  ended: Promise<void>,
  signal: AbortSignal,
): Promise<Result<number>> {
  let [said, complained] = ['', ''];
  child.stderr?.on('data', (text: Buffer) => {
    complained = (complained + text).slice(0, MAX_TEXT);
  });
  return new Promise((resolve) => {
    const settle = (result: Result<number>) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      resolve(result);
    };
    const onAbort = () => settle(cancelled());
    const timer = setTimeout(() => settle(unavailable('it was not made in time')), MAX_START_MS);
    signal.addEventListener('abort', onAbort);
    child.once('error', (cause) => settle(unavailable(cause.message)));
    child.stdout?.on('data', (text: Buffer) => {
      said = (said + text).slice(0, MAX_TEXT);
      const pid = /^ready (\d+)\n/m.exec(said)?.[1];
      if (pid !== undefined) settle(ok(Number(pid)));
    });
    const readErrors = new Promise((read) => child.stderr?.once('close', read));
    Promise.all([ended, readErrors]).then(() => settle(unavailable(lastLine(complained))));
  });
}

const MAX_START_MS = 5000;
const MAX_END_MS = 2000;
const MAX_TEXT = 4096;

/** Neither its life nor its pipes shall keep this process from ending. */
function letGo(child: ChildProcess): void {
  child.unref();
  child.stdout?.destroy();
  child.stderr?.destroy();
  (child.stdin as unknown as Readable & { unref?: () => void })?.unref?.();
  child.stdin?.on('error', () => {});
}

const lastLine = (text: string): string => text.trim().split('\n').at(-1) || 'it ended at once';

const unavailable = (why: string) =>
  fail('unavailable', `A view for programs cannot be made here: ${why}.`, {
    hint: 'It needs Linux 5.11 or newer, util-linux, and user namespaces that are not forbidden.',
  });

const cancelled = () => fail('cancelled', 'No view was made.');
