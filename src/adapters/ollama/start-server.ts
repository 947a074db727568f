import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, constants, openSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fail, ok } from '../../core/result.ts';
import type { Result, ServerStart } from '../../core/types.ts';
import { getVersion } from './get-version.ts';
import { parseOllamaHost } from './host.ts';
import { httpWire } from './http-wire.ts';

const START_MS = 30_000;
const BETWEEN_LOOKS_MS = 100;
const LAST_WORDS = 300;

/**
 * Starts the program without a shell, in a process group and a session of its own, so that it goes
 * on when TinyCode or its terminal ends; and waits until it answers.
 */
export async function startServer(
  start: ServerStart,
  env: Readonly<Record<string, string | undefined>>,
  signal: AbortSignal,
): Promise<Result<{ readonly pid: number }>> {
  const host = parseOllamaHost(start.host);
  if (!host.ok) return host;
  const { hostname, port, name } = host.value;
  // Whatever that name is made to mean, it is this address that is asked.
  const address = hostname === 'localhost' ? `127.0.0.1:${port}` : name;
  const begun = begin(start, { ...env, OLLAMA_HOST: address, OLLAMA_NO_CLOUD: '1' });
  if (!begun.ok) return begun;
  const child = begun.value;
  let gone: string | null = null;
  child.on('error', (error) => {
    gone = error.message;
  });
  child.on('exit', (code, killed) => {
    gone ??= killed === null ? `it ended with ${code}` : `it was ended by ${killed}`;
  });
  const until = performance.now() + START_MS;
  while (gone === null && !signal.aborted && performance.now() < until) {
    await sleep(BETWEEN_LOOKS_MS, undefined, { signal }).catch(() => {});
    const version = await getVersion(httpWire, host.value, signal);
    if (version.ok && gone === null && child.pid !== undefined) return ok({ pid: child.pid });
  }
  end(child);
  if (signal.aborted) return fail('cancelled', 'Ollama was not waited for, and was ended again.');
  const why = gone ?? `it did not answer within ${START_MS / 1000} seconds`;
  return fail('failed', `Ollama could not be started: ${why}. ${lastWords(start.log)}`.trim(), {
    hint: `All that it said stands in ${start.log}`,
  });
}

function begin(
  { argv, log }: ServerStart,
  env: Readonly<Record<string, string | undefined>>,
): Result<ChildProcess> {
  const [program = '', ...words] = argv;
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | constants.O_APPEND;
  try {
    const output = openSync(log, flags | constants.O_NOFOLLOW, 0o600);
    const child = spawn(program, words, {
      // In no folder that anybody may want to remove, and not among a workspace's files.
      cwd: '/',
      env,
      detached: true,
      stdio: ['ignore', output, output],
    });
    closeSync(output);
    child.unref();
    return ok(child);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return fail('failed', `Ollama could not be started: ${why}.`, { cause: error });
  }
}

/** With all that it has started. */
function end({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGTERM');
  } catch {
    // It is gone already.
  }
}

function lastWords(log: string): string {
  try {
    return readFileSync(log, 'utf8').trim().slice(-LAST_WORDS);
  } catch {
    return '';
  }
}
