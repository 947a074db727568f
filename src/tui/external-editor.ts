import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fail, ok } from '../core/result.ts';
import type { Result } from '../core/types.ts';

/**
 * Lets a person edit a text in their own editor; the terminal must be free for it. What comes back
 * is what the file holds, to the byte.
 */
export async function editInEditor(
  text: string,
  command: string,
  extension: string,
): Promise<Result<string>> {
  const folder = await mkdtemp(join(tmpdir(), 'tinycode-'));
  const file = join(folder, `text${extension}`);
  try {
    await writeFile(file, text, { mode: 0o600, flag: 'wx' });
    const status = await run(command, file);
    if (status !== 0) return fail('failed', `${command} ended with ${status}: nothing was taken.`);
    return ok(await readFile(file, 'utf8'));
  } catch (cause) {
    return fail('failed', `${command} could not edit ${file}.`, { cause });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** As git does: the setting is a shell command, and the file its last argument. */
function run(command: string, file: string): Promise<number | string> {
  return new Promise((settle) => {
    const child = spawn('/bin/sh', ['-c', `${command} "$@"`, command, file], { stdio: 'inherit' });
    child.on('error', (error) => settle(error.message));
    child.on('exit', (code, signal) => settle(code ?? signal ?? 'no status'));
  });
}
