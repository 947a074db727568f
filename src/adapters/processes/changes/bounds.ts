import { fail } from '../../../core/result.ts';

/** Entries that a person or a policy could still look at. */
export const MOST_CHANGED = 100_000;
/** Bytes read to tell what changed, of both sides together. */
export const MOST_READ_BYTES = 4 * 1024 ** 3;
/** What a checkpoint keeps of one file; what is bigger cannot be brought back. */
export const MOST_FILE_BYTES = 64 * 1024 ** 2;
export const MOST_DEPTH = 128;
/** Things of a folder whose names and times are kept in memory. */
export const MOST_IN_SNAPSHOT = 300_000;
export const MOST_STAMPED = 200_000;

export const cancelled = () => fail('cancelled', 'The search for changes was called off.');

export const tooDeep = (path: string) =>
  fail('limit', `${path} is more than ${MOST_DEPTH} folders deep.`);
