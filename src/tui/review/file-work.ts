import { applyHunks } from '../../core/diff/apply-hunks.ts';
import { splitLines } from '../../core/diff/lines.ts';
import { type LinePair, pairHunks } from '../../core/diff/pair-lines.ts';
import { splitHunk } from '../../core/diff/split-hunk.ts';
import type { FileReview, Hunk } from '../../core/types.ts';

/** One file under review: the hunks as they are cut now, and what the person decided on each. */
export type FileWork = {
  readonly review: FileReview;
  readonly hunks: readonly HunkWork[];
  readonly pairs: readonly (readonly LinePair[])[];
  readonly beforeLines: readonly string[];
  readonly afterLines: readonly string[];
  readonly openFolds: ReadonlySet<number>;
  /** The person has written what shall come of it. */
  readonly isEdited: boolean;
};
export type HunkWork = {
  readonly hunk: Hunk;
  readonly isTaken: boolean;
  /** Why it is left out; may be empty. */
  readonly reason: string;
};

const textOf = (content: FileReview['before']): string =>
  typeof content === 'string' ? content : '';

export function openFile(review: FileReview, isEdited = false): FileWork {
  return {
    review,
    hunks: review.hunks.map((hunk) => ({ hunk, isTaken: true, reason: '' })),
    pairs: pairHunks(review.hunks),
    beforeLines: splitLines(textOf(review.before)),
    afterLines: splitLines(textOf(review.after)),
    openFolds: new Set(),
    isEdited,
  };
}

/** What the file holds if what is taken now is done. */
export function resultOf({ review, hunks }: FileWork): string {
  return applyHunks(
    textOf(review.before),
    hunks.map(({ hunk }) => hunk),
    (index) => hunks[index]?.isTaken === true,
  );
}

export function decide(file: FileWork, at: number, isTaken: boolean, reason: string): FileWork {
  return {
    ...file,
    hunks: file.hunks.map((one, i) => (i === at ? { ...one, isTaken, reason } : one)),
  };
}

export const takeAll = (file: FileWork): FileWork => ({
  ...file,
  hunks: file.hunks.map((one) => ({ ...one, isTaken: true, reason: '' })),
});

/** The same file with one hunk in pieces, each decided as the whole was; null where it has no seam. */
export function splitAt(file: FileWork, at: number): FileWork | null {
  const work = file.hunks[at];
  const pieces = work ? splitHunk(work.hunk) : [];
  if (work === undefined || pieces.length < 2) return null;
  return {
    ...file,
    hunks: file.hunks.toSpliced(at, 1, ...pieces.map((hunk) => ({ ...work, hunk }))),
    pairs: file.pairs.toSpliced(at, 1, ...pairHunks(pieces)),
  };
}

/** The file as a person has written it. */
export function edited(file: FileWork, after: string, hunks: readonly Hunk[]): FileWork {
  return openFile({ ...file.review, after, hunks }, true);
}

/** What is wrong with a review that was brought: it must come to what it says, to the byte. */
export function findDamage(review: FileReview): string | null {
  const { before, after, hunks } = review;
  const isText = [before, after].every((side) => side === null || typeof side === 'string');
  if (!isText) return hunks.length > 0 ? `${review.path} is no text and has hunks.` : null;
  try {
    const made = applyHunks(textOf(before), hunks, () => true);
    return made === textOf(after)
      ? null
      : `The hunks of ${review.path} do not make what it will be.`;
  } catch {
    return `The hunks of ${review.path} do not fit what it is.`;
  }
}
