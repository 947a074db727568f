import type { ReviewSight } from '../../core/plan/review-step.ts';
import type { Readers } from '../../ports.ts';

/** Where the contents of a plan's files are found. */
export const reviewSightOf = (
  { images, checkpoints, plans, hashing, differ }: Readers,
  plan: string,
): ReviewSight => ({
  load: images.load,
  blob(hash) {
    const kept = checkpoints.blob(hash);
    return kept.ok ? kept : plans.rehearsed(plan, hash);
  },
  contentOf: hashing.contentOf,
  hunks: differ.hunks,
});
