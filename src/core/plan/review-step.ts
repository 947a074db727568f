import { fail, ok } from '../result.ts';
import type { Content, FileReview, Hunk, Image, Plan, Result, Step } from '../types.ts';

/** Where contents come from: what lies in the workspace, and what checkpoints have kept. */
export type ReviewSight = {
  load(path: string): Result<{ readonly image: Image; readonly bytes: Uint8Array }>;
  blob(hash: string): Result<Uint8Array>;
  contentOf(bytes: Uint8Array): Content;
  hunks(before: string, after: string): readonly Hunk[];
};

/** What a step changes, path by path, as a person reviews it: also long after it was done. */
export function reviewStep(
  sight: ReviewSight,
  plan: Plan,
  id: string,
): Result<readonly FileReview[]> {
  const step = plan.steps.find((each) => each.id === id);
  if (step === undefined) return fail('not-found', `Plan ${plan.id} has no step ${id}.`);
  const reviews: FileReview[] = [];
  for (const [index, before] of step.before.entries()) {
    const after = step.after[index] as Image;
    if (isSilent(before, after)) continue;
    const was = contentBefore(sight, plan, step, before);
    if (!was.ok) return was;
    const will = contentAfter(sight, plan, step, after);
    if (!will.ok) return will;
    const movedFrom = cameFrom(step, after.path);
    reviews.push({
      path: after.path,
      ...(movedFrom === null ? {} : { movedFrom }),
      before: was.value,
      after: will.value,
      hunks:
        typeof was.value === 'string' || typeof will.value === 'string'
          ? hunksBetween(sight, was.value, will.value)
          : [],
    });
  }
  return ok(reviews);
}

/** Folders, and what does not change, have nothing to show. */
const isSilent = (before: Image, after: Image): boolean =>
  (before.kind !== 'file' && after.kind !== 'file') ||
  (before.kind === 'file' && after.kind === 'file' && before.hash === after.hash);

function hunksBetween(
  { hunks }: ReviewSight,
  before: Content | null,
  after: Content | null,
): readonly Hunk[] {
  const isText = (content: Content | null) => content === null || typeof content === 'string';
  if (!isText(before) || !isText(after)) return [];
  return hunks((before as string | null) ?? '', (after as string | null) ?? '');
}

const cameFrom = ({ action }: Step, path: string): string | null =>
  action.kind === 'file.move' && action.to === path ? action.from : null;

function contentBefore(
  sight: ReviewSight,
  plan: Plan,
  step: Step,
  image: Image,
): Result<Content | null> {
  if (image.kind !== 'file') return ok(null);
  const earlier = plan.steps.slice(0, plan.steps.indexOf(step));
  return find(sight, earlier, image.path, image.hash);
}

function contentAfter(
  sight: ReviewSight,
  plan: Plan,
  step: Step,
  image: Image,
): Result<Content | null> {
  if (image.kind !== 'file') return ok(null);
  const steps = plan.steps.slice(0, plan.steps.indexOf(step) + 1);
  return find(sight, steps, cameFrom(step, image.path) ?? image.path, image.hash);
}

function find(
  sight: ReviewSight,
  steps: readonly Step[],
  path: string,
  hash: string,
): Result<Content> {
  for (const { action, after } of steps) {
    if (action.kind !== 'file.write' && action.kind !== 'file.edit') continue;
    if (after.some((image) => image.kind === 'file' && image.hash === hash)) {
      return ok(action.content);
    }
  }
  const lying = sight.load(path);
  if (lying.ok && lying.value.image.kind === 'file' && lying.value.image.hash === hash) {
    return ok(sight.contentOf(lying.value.bytes));
  }
  const kept = sight.blob(hash);
  if (kept.ok) return ok(sight.contentOf(kept.value));
  return fail('changed', `${path} is not as the plan saw it, and its content then is not kept.`, {
    hint: 'Make the plan again from what lies there now.',
  });
}
