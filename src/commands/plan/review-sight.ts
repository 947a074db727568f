import type { ReviewSight } from '../../core/plan/review-step.ts';
import type { Readers } from '../../ports.ts';

/** Where the contents of a plan's files are found. */
export const reviewSightOf = ({ images, checkpoints, hashing, differ }: Readers): ReviewSight => ({
  load: images.load,
  blob: checkpoints.blob,
  contentOf: hashing.contentOf,
  hunks: differ.hunks,
});
