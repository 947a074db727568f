import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fail, ok } from '../../../core/result.ts';
import type { Result } from '../../../core/types.ts';
import type { Tools } from '../cage/tools.ts';

/**
 * Removes a folder of ours with all that programs left in it, be it closed, endlessly deep or
 * without a name that can be read. Nothing may run in it any more.
 */
export async function removeTree(
  folder: string,
  { chmod: opener, rm: remover }: Pick<Tools, 'chmod' | 'rm'>,
): Promise<Result<void>> {
  // An overlay leaves a folder that is closed even to its owner.
  await chmod(join(folder, 'work', 'work'), 0o700).catch(() => {});
  await rm(folder, { recursive: true, force: true }).catch(() => {});
  if (!existsSync(folder)) return ok(undefined);
  if (opener !== null && remover !== null) {
    await run(opener, ['-R', 'u+rwx', '--', folder]);
    await run(remover, ['-rf', '--', folder]);
  }
  if (!existsSync(folder)) return ok(undefined);
  return fail('failed', `The folder ${folder} of a view cannot be removed.`, {
    hint: 'Remove it by hand; nothing needs it.',
  });
}

const run = (program: string, words: readonly string[]): Promise<void> =>
  new Promise((resolve) => {
    execFile(program, words, { env: {}, maxBuffer: 1024 ** 2 }, () => resolve());
  });
