import { isAbsolute } from 'node:path';
import { fail, ok } from '../../core/result.ts';
import { findDrivers } from '../../core/run/find-drivers.ts';
import { locateRepository, splitGitWords } from '../../core/run/git-words.ts';
import { type GitCall, hardenGit } from '../../core/run/harden-git.ts';
import type { Result } from '../../core/types.ts';
import type { GitReader } from '../../ports.ts';
import { findOutside } from './read-branch.ts';
import { readIdentity } from './read-identity.ts';

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
  readonly limits?: GitLimits;
};

/**
 * `look`: for calls in which nothing that a repository configures has a part, as are those of the search
 * itself; they go without it. `harden`: the words and variables of a call that somebody else will run.
 */
export function createGit(
  given: GitPlace,
): { readonly run: RunGit; readonly look: RunGit } & GitReader {
  const passed = passEnvironment(given.env);
  const limits = given.limits ?? LIMITS;
  return {
    async run(argv, signal, input) {
      const call = await harden(argv, signal);
      return call.ok ? execute(call.value, signal, input ?? '') : call;
    },
    outside: () => findOutside(given.workspace),
    look: (argv, signal, input) => execute(hardenGit(argv, []), signal, input ?? ''),
    async harden(argv, signal) {
      const call = await harden(argv, signal);
      if (!call.ok) return call;
      const { globals, command } = splitGitWords(argv);
      const located = locateRepository(globals);
      const identity = await readIdentity(command, given.env, (pattern) =>
        get(located, pattern, signal),
      );
      return identity.ok
        ? ok({ ...call.value, env: { ...call.value.env, ...identity.value } })
        : identity;
    },
  };

  /** The settings with such names, whoever made them; empty where nobody did. */
  async function get(
    located: readonly string[],
    pattern: string,
    signal: AbortSignal,
  ): Promise<Result<string>> {
    const argv = [...located, 'config', '-z', '--get-regexp', pattern];
    const said = await execute(hardenGit(argv, []), signal, '');
    return said.ok ? ok(said.value.stdout) : said;
  }

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

  async function execute(
    call: GitCall,
    signal: AbortSignal,
    input: string,
  ): Promise<Result<GitEnd>> {
    const [program = 'git', ...words] = call.argv;
    const { execa } = await import('execa');
    const ended = await execa(program, words, {
      cwd: given.workspace,
      env: { ...passed, ...call.env },
      extendEnv: false,
      input,
      timeout: limits.ms,
      killSignal: 'SIGKILL',
      maxBuffer: limits.outputBytes,
      cancelSignal: signal,
      stripFinalNewline: false,
      reject: false,
    });
    if (signal.aborted) return fail('cancelled', 'git was stopped.');
    return endOf(ended, words, limits);
  }
}

type GitLimits = { readonly ms: number; readonly outputBytes: number };
const LIMITS: GitLimits = { ms: 20_000, outputBytes: 64 * 1024 ** 2 };

type Ended = {
  readonly exitCode?: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  readonly code?: string | undefined;
  readonly timedOut: boolean;
  readonly isMaxBuffer: boolean;
};

function endOf(ended: Ended, words: readonly string[], limits: GitLimits): Result<GitEnd> {
  const { exitCode, stdout, stderr, code } = ended;
  const what = `git ${splitGitWords(words).command}`;
  if (ended.isMaxBuffer) {
    return fail('limit', `${what} says more than ${limits.outputBytes} bytes.`);
  }
  if (ended.timedOut) return fail('timeout', `${what} took longer than ${limits.ms} ms.`);
  if (code === 'ENOENT' || code === 'EACCES') {
    return fail('not-found', 'git cannot be run.', { hint: 'Install it.', cause: ended });
  }
  if (exitCode !== undefined) return ok({ exitCode, stdout, stderr });
  return fail('failed', `${what} broke down.`, { cause: ended });
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
