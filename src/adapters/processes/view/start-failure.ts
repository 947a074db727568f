import { fail } from '../../../core/result.ts';
import type { FailureCode } from '../../../core/types.ts';

/** Why a program was not even started. */
export function describeStart(
  program: string,
  error: { readonly code?: string | undefined; readonly originalMessage?: string | undefined },
) {
  // Of a bare name that says no more than that a folder of PATH is closed to us.
  const isClosedPath = error.code === 'EACCES' && !program.includes('/');
  const known = isClosedPath ? NOT_FOUND : KNOWN[error.code ?? ''];
  const why = known?.why ?? error.originalMessage ?? 'the system gives no reason';
  return fail(known?.code ?? 'failed', `${program} cannot be run: ${why}.`, {
    cause: error,
    ...(known ? { hint: known.hint } : {}),
  });
}

/** A program is then not run at all, and in no weaker cage. */
export const describeNoCage = (why: string) =>
  fail('unavailable', `The cage could not be made: ${why || 'it gives no reason'}.`, {
    hint: 'Nothing was run. doctor tells which cages this machine has.',
  });

/** As when the machine has ended what held it. */
export const describeGone = () =>
  fail('unavailable', 'The view is gone: what kept it has ended.', {
    hint: 'Nothing was changed in the workspace. Try again.',
  });

type Known = { readonly code: FailureCode; readonly why: string; readonly hint: string };

const NOT_FOUND: Known = {
  code: 'not-found',
  why: 'there is no such program',
  hint: 'Install it, or name it by its path. Of a script the interpreter may be missing.',
};
const ENOUGH: Known = {
  code: 'failed',
  why: 'the machine can start no more processes',
  hint: 'Close other programs and try again.',
};

const KNOWN: Readonly<Record<string, Known>> = {
  ENOENT: NOT_FOUND,
  ENOTDIR: NOT_FOUND,
  EACCES: {
    code: 'failed',
    why: 'permission denied',
    hint: 'Make it executable (chmod +x), if it is yours to run.',
  },
  ENOEXEC: {
    code: 'failed',
    why: 'it is no program for this machine',
    hint: 'Of a script the first line names its interpreter, such as #!/bin/sh.',
  },
  E2BIG: {
    code: 'limit',
    why: 'its arguments are too long',
    hint: 'Pass fewer at a time, or put them into a file.',
  },
  EAGAIN: ENOUGH,
  ENOMEM: ENOUGH,
};
