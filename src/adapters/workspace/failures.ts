import { fail } from '../../core/result.ts';
import type { FailureCode, Image } from '../../core/types.ts';

export type Refusal = ReturnType<typeof fail>;

export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** A failed call of the operating system in words, with what to do about it. */
export function failureOf(error: unknown, failureCode: FailureCode, what: string): Refusal {
  const code = codeOf(error);
  const why = WORDS[code] ?? (error instanceof Error ? error.message : String(error));
  const hint = HINTS[code];
  return fail(CODES[code] ?? failureCode, `${what}: ${why}.`, {
    cause: error,
    ...(hint ? { hint } : {}),
  });
}

/** What lies there is not what was looked at. */
export const changed = (path: string, what: string, data: Readonly<Record<string, string>> = {}) =>
  fail('changed', `${path} has changed since it was looked at: ${what}.`, {
    hint: 'Nothing was overwritten. Look at it, and plan anew.',
    data: { path, ...data },
  });

/** An image in few words. */
export function nameOf(image: Image): string {
  switch (image.kind) {
    case 'absent':
      return 'nothing';
    case 'file':
      return `a file of ${image.size} bytes, mode ${image.mode.toString(8)}, ${image.hash.slice(0, 12)}`;
    case 'folder':
      return `a folder, mode ${image.mode.toString(8)}`;
    case 'link':
      return `a link to ${image.target}`;
    case 'other':
      return image.what;
  }
}

/** Where the system's answer says more than who asked could know. */
const CODES: Readonly<Record<string, FailureCode>> = {
  EEXIST: 'changed',
  ENOTEMPTY: 'changed',
  ESTALE: 'changed',
};

const WORDS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'not permitted',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'it is bigger than files may be here',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of its path is not a folder',
  ENOENT: 'it is not there',
  EEXIST: 'something lies there',
  ENOTEMPTY: 'the folder is not empty',
  EBUSY: 'it is in use as a mount point',
  ENAMETOOLONG: 'its name is too long for this file system',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
  ELOOP: 'it is a symbolic link',
  EIO: 'the disk reports an error',
  ESTALE: 'it is gone from the file server',
  EXDEV: 'it lies on another file system',
};

const PERMISSIONS = 'Check the owner and the permissions of it and of its folder.';
const ROOM = 'Make room on the disk and try again.';
const HINTS: Readonly<Record<string, string>> = {
  EACCES: PERMISSIONS,
  EPERM: PERMISSIONS,
  EROFS: 'Make the file system writable and try again.',
  ENOSPC: ROOM,
  EDQUOT: ROOM,
  EFBIG: 'Raise the limit on the size of files (ulimit -f).',
  EMFILE: 'Raise the limit on open files (ulimit -n).',
  ENFILE: 'Close other programs and try again.',
};
