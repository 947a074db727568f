import { fail } from '../../core/result.ts';
import type { FailureCode } from '../../core/types.ts';

export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** A failed call of the operating system in words, with what to do about it. */
export function failureOf(error: unknown, failureCode: FailureCode, what: string) {
  const code = codeOf(error);
  const why = WORDS[code] ?? (error instanceof Error ? error.message : String(error));
  const hint = HINTS[code];
  return fail(failureCode, `${what}: ${why}.`, { cause: error, ...(hint ? { hint } : {}) });
}

const WORDS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'not permitted',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of its path is not a folder',
  ENOENT: 'it is not there',
};

const READ_ONLY =
  'Point XDG_STATE_HOME and XDG_CONFIG_HOME to folders that you can write. doctor tells more.';

const HINTS: Readonly<Record<string, string>> = {
  EACCES: 'Check its owner and its permissions. doctor tells more.',
  EPERM: 'Check its owner and its permissions. doctor tells more.',
  EROFS: READ_ONLY,
  ENOSPC: 'Make room on the disk and try again.',
  EDQUOT: 'Make room on the disk and try again.',
};
