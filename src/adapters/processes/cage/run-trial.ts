import { spawn } from 'node:child_process';
import type { Writable } from 'node:stream';
import type { CageCommand } from './inside.ts';

export type Trial =
  | { readonly kind: 'absent' }
  /** The machine is too busy to tell. */
  | { readonly kind: 'late' }
  | {
      readonly kind: 'ended';
      readonly exitCode: number;
      readonly out: string;
      readonly err: string;
    };

/** Starts something small to see whether it works. It is killed when it takes too long. */
export function runTrial(
  { argv, bytes, env }: CageCommand,
  program: readonly string[],
): Promise<Trial> {
  const [file = '', ...words] = [...argv, ...program];
  return new Promise((resolve) => {
    const child = spawn(file, words, {
      cwd: '/',
      env,
      timeout: TRIAL_MS,
      killSignal: 'SIGKILL',
      stdio: ['ignore', 'pipe', 'pipe', ...[...bytes.keys()].map(() => 'pipe' as const)],
    });
    let [out, err] = ['', ''];
    child.stdout?.on('data', (text: Buffer) => {
      out = (out + text).slice(0, MAX_TEXT);
    });
    child.stderr?.on('data', (text: Buffer) => {
      err = (err + text).slice(0, MAX_TEXT);
    });
    for (const [descriptor, content] of bytes) give(child.stdio[descriptor] as Writable, content);
    child.once('error', ({ code }: NodeJS.ErrnoException) =>
      resolve({ kind: code === 'EAGAIN' || code === 'ENOMEM' ? 'late' : 'absent' }),
    );
    child.once('close', (code, signal) =>
      resolve(
        signal === 'SIGKILL' ? { kind: 'late' } : { kind: 'ended', exitCode: code ?? -1, out, err },
      ),
    );
  });
}

/** Some milliseconds where nothing else runs; a weaker cage is no answer to a busy machine. */
const TRIAL_MS = 4000;
const MAX_TEXT = 4096;

/** Whoever ended before it read this has said so by ending. */
function give(pipe: Writable, content: Uint8Array): void {
  pipe.on('error', () => {});
  pipe.end(content);
}
