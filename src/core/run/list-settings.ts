import { fail, ok } from '../result.ts';
import type { Result } from '../types.ts';
import { type GitSetting, isOfRepository, readSettings } from './git-settings.ts';
import { type GitCall, hardenGit } from './harden-git.ts';

/** `stdout` is null where there was more of it than the caller keeps. */
export type GitAnswer = { readonly exitCode: number | null; readonly stdout: string | null };
/** Yields calls of git that only read, wants the answer to each, and comes to a result. */
export type Search<T> = Generator<GitCall, Result<T>, GitAnswer>;

export const readOnly = (located: readonly string[], words: readonly string[]): GitCall =>
  hardenGit([...located, ...words], []);

/** Null where there is no repository that git would use. */
export function* listSettings(located: readonly string[]): Search<readonly GitSetting[] | null> {
  const words = ['config', '--list', '-z', '--show-scope', '--includes'];
  const listed = yield readOnly(located, words);
  if (listed.stdout === null) return tooLong();
  if (listed.exitCode !== 0) return ok(null);
  return ok(readSettings(listed.stdout).filter(isOfRepository));
}

export const LOOK = 'Look at what it configures: git config --list --local';

export const tooLong = () =>
  fail('limit', 'What git says of the repository is too long to be read.', { hint: LOOK });
