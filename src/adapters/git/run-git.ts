import { execFile } from 'node:child_process';
import { isAbsolute } from 'node:path';
import { fail, ok } from '../../core/result.ts';
import { findDrivers } from '../../core/run/find-drivers.ts';
import { type GitCall, hardenGit } from '../../core/run/harden-git.ts';
import type { Result } from '../../core/types.ts';
import type { GitReader } from '../../ports.ts';

export type GitEnd = {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
};
/** `argv` is what stands behind `git`. Any exit code is an end like others. */
export type RunGit = (
  argv: readonly string[],
  signal: AbortSignal,
  input?: string,
) => Promise<Result<GitEnd>>;

/**
 * The one way in which TinyCode itself calls git: no program of the repository runs, nothing is
 * asked, nothing is fetched, and time and output are bounded. `not-found` where there is no git.
 */
export const createRunGit = (given: GitPlace): RunGit => createGit(given).run;

type GitPlace = {
  /** The folder in which it runs. */
  readonly workspace: string;
  /** The environment that TinyCode itself was given. */
  readonly env: Readonly<Record<string, string | undefined>>;
};

/** `harden`: the words and variables of a call that somebody else will run in that folder. */
export function createGit(given: GitPlace): { readonly run: RunGit } & GitReader {
  const passed = passEnvironment(given.env);
  return {
    async run(argv, signal, input) {
      const call = await harden(argv, signal);
      return call.ok ? execute(call.value, signal, input ?? '') : call;
    },
    harden,
  };

  async function harden(argv: readonly string[], signal: AbortSignal): Promise<Result<GitCall>> {
    const drivers = await search(argv, signal);
    return drivers.ok ? ok(hardenGit(argv, drivers.value)) : drivers;
  }

  async function search(
    argv: readonly string[],
    signal: AbortSignal,
  ): Promise<Result<readonly string[]>> {
    const steps = findDrivers(argv);
    let next = steps.next();
    while (next.done !== true) {
      const said = await execute(next.value, signal, '');
      if (!said.ok) return said;
      next = steps.next(said.value);
    }
    return next.value;
  }

  function execute(call: GitCall, signal: AbortSignal, input: string): Promise<Result<GitEnd>> {
    const [program = 'git', ...words] = call.argv;
    const options = {
      cwd: given.workspace,
      env: { ...passed, ...call.env },
      timeout: GIT_MS,
      killSignal: 'SIGKILL',
      maxBuffer: MAX_OUTPUT_BYTES,
      signal,
    } as const;
    return new Promise((resolve) => {
      const child = execFile(program, words, options, (error, stdout, stderr) => {
        if (signal.aborted) resolve(fail('cancelled', 'git was stopped.'));
        else resolve(endOf(error, stdout, stderr, words));
      });
      // It may end before it has read all of it.
      child.stdin?.on('error', () => {});
      child.stdin?.end(input);
    });
  }
}

const GIT_MS = 20_000;
const MAX_OUTPUT_BYTES = 64 * 1024 ** 2;

type Thrown = { readonly code?: unknown; readonly killed?: boolean };

function endOf(
  error: (Error & Thrown) | null,
  stdout: string,
  stderr: string,
  words: readonly string[],
): Result<GitEnd> {
  if (error === null) return ok({ exitCode: 0, stdout, stderr });
  if (typeof error.code === 'number') return ok({ exitCode: error.code, stdout, stderr });
  const what = `git ${words.find((word) => /^[a-z]/.test(word) && !word.includes('=')) ?? ''}`;
  if (error.code === 'ENOENT' || error.code === 'EACCES') {
    return fail('not-found', 'git cannot be run.', { hint: 'Install it.', cause: error });
  }
  if (error.code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') {
    return fail('limit', `${what} says more than ${MAX_OUTPUT_BYTES / 1024 ** 2} MB.`);
  }
  if (error.killed === true) return fail('timeout', `${what} took longer than ${GIT_MS / 1000} s.`);
  return fail('failed', `${what} was ended: ${error.message}`, { cause: error });
}

/** What git needs to find itself and the person's own configuration; nothing that is its own. */
function passEnvironment(
  env: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  const named = PASSED.flatMap((name) => {
    const value = env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  // A relative entry would find programs in the folder that is worked on.
  const path = (env.PATH ?? '').split(':').filter(isAbsolute).join(':');
  return { ...Object.fromEntries(named), PATH: path, LC_ALL: 'C.UTF-8', LANGUAGE: 'en' };
}

const PASSED = ['HOME', 'XDG_CONFIG_HOME', 'USER', 'LOGNAME', 'TMPDIR', 'TZ'];
