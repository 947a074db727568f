import { expect, onTestFinished } from 'vitest';
import { createRunProgram } from '../../src/adapters/system/run-program.ts';

/** Only root can mount a file system, and only that stops root from writing. */
export const canMount = process.geteuid?.() === 0 && process.platform === 'linux';

/** A small file system of its own over a folder, gone when the test is over. */
export async function mountOver(folder: string, options: string): Promise<void> {
  expect(await run('mount', ['-t', 'tmpfs', '-o', options, 'test', folder])).toBe(0);
  onTestFinished(async () => void (await run('umount', [folder])));
}

export const remountReadOnly = (folder: string) => run('mount', ['-o', 'remount,ro', folder]);

async function run(program: string, argv: readonly string[]): Promise<number> {
  const start = createRunProgram('/usr/bin:/bin:/usr/sbin:/sbin');
  const ended = await start(program, argv, new AbortController().signal);
  return ended.kind === 'ended' ? ended.exitCode : -1;
}
