import { fail, ok } from '../../core/result.ts';
import type { Result } from '../../core/types.ts';
import type { Clock, ProcessRequest, ProcessRunner } from '../../ports.ts';
import { attend, type Ended, type Started } from './attend.ts';
import { childEnvironment } from './cage/child-environment.ts';
import { describeStart } from './start-failure.ts';

/** Walks to a folder of the workspace; what it answers leads to that very folder until closed. */
type OpenFolder = (path: string) => Result<{ readonly path: string; close(): void }>;

/**
 * Runs programs in a session of their own, without a shell, a terminal or an input, with few
 * variables. A program whose TinyCode is killed (SIGKILL) lives on: to end it with that is up to
 * the sandbox, which can do it for all that it starts and not only for the first process.
 */
export function createProcessRunner(given: {
  readonly openFolder: OpenFolder;
  /** The environment that TinyCode itself was given. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
}): ProcessRunner {
  return {
    async run(request, onOutput, signal) {
      if (signal.aborted) return fail('cancelled', 'The program was not started.');
      const started = await start(request);
      if (!started.ok) return started;
      return attend(started.value, request.limits, onOutput, signal);
    },
  };

  async function start({ argv, cwd, env }: ProcessRequest): Promise<Result<Started>> {
    const [program = '', ...args] = argv;
    const wrong = describeRequest(argv, env);
    if (wrong !== null) return fail('invalid', wrong);
    const { execa } = await import('execa');
    const folder = given.openFolder(cwd);
    if (!folder.ok) return folder;
    const startedAt = given.clock.monotonicMs();
    const tookMs = () => given.clock.monotonicMs() - startedAt;
    try {
      const child = execa(program, args, {
        cwd: folder.value.path,
        env: childEnvironment(given.env, { env, rung: 'L0', hasTerminal: false }),
        extendEnv: false,
        detached: true,
        stdin: 'ignore',
        stdout: 'pipe',
        stderr: 'pipe',
        encoding: 'buffer',
        buffer: false,
        reject: false,
      });
      if (child.pid === undefined) return describeStart(program, await child);
      const ended = new Promise<Ended>((resolve) =>
        child.once('exit', (exitCode, signal) => resolve({ exitCode, signal })),
      );
      // What it says of the end is not asked: it waits for pipes that others may keep open.
      child.catch(() => {});
      return ok({ pid: child.pid, streams: [child.stdout, child.stderr], ended, tookMs });
    } finally {
      folder.value.close();
    }
  }
}

function describeRequest(argv: readonly string[], env: ProcessRequest['env']): string | null {
  if (argv.length === 0 || argv[0] === '') return 'There is no program to run.';
  const texts = [...argv, ...Object.values(env)];
  if (texts.some((text) => text.includes('\0'))) return 'An argument has a NUL character.';
  const name = Object.keys(env).find((each) => !/^[^=\0]+$/.test(each));
  return name === undefined ? null : `“${name}” cannot name a variable.`;
}
