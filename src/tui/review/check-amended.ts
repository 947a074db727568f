import { isProgram } from '../../core/run/resolve-cage.ts';
import type { Json, Plan, Step } from '../../core/types.ts';
import type { AmendedContent } from './review-source.ts';

/**
 * What an amended plan holds besides what was asked for. Only when there is nothing does an
 * approval of it mean what the person has seen.
 */
export function findStrayChanges(
  reviewed: Plan,
  amended: Plan,
  contents: readonly AmendedContent[],
): readonly string[] {
  const stray = [
    ...(reviewed.id === amended.id ? [] : ['it is another plan']),
    ...(isSame(idsOf(reviewed), idsOf(amended)) ? [] : ['it has other steps']),
    ...(isSame(reviewed.goal, amended.goal) ? [] : ['it has another goal']),
  ];
  if (stray.length > 0) return stray;
  return reviewed.steps.flatMap((step, index) => {
    const now = amended.steps[index];
    const wished = contents.filter((content) => content.step === step.id);
    if (now === undefined || !isAsWished(step, now, wished)) {
      return [`step ${step.id} is not as it was shown`];
    }
    return [];
  });
}

function isAsWished(step: Step, now: Step, wished: readonly AmendedContent[]): boolean {
  const [wish, ...more] = wished;
  if (wish === undefined) return isSame(unrehearsed(step), now);
  const { action } = now;
  if (more.length > 0 || (action.kind !== 'file.write' && action.kind !== 'file.edit'))
    return false;
  if (action.content !== wish.content || action.path !== wish.path) return false;
  // What follows from the content differs: the image afterwards, and words about it.
  return (
    isSame(withoutContent(step), withoutContent(now)) &&
    now.after.every((image) => image.path === wish.path) &&
    isSame(step.before, now.before)
  );
}

/** What a rehearsal saw is of one revision only, and the amended one has none. */
const unrehearsed = (step: Step): Step =>
  isProgram(step.action) ? { ...step, before: [], after: [] } : step;

function withoutContent({ action, after: _, title: _t, ...rest }: Step): Json {
  const { content: _c, ...bare } = action as { content?: unknown };
  return { ...rest, action: bare } as unknown as Json;
}

const idsOf = (plan: Plan): readonly string[] => plan.steps.map(({ id }) => id);

const isSame = (one: unknown, two: unknown): boolean => ordered(one) === ordered(two);

/** Text that is the same for the same data, whatever the order of its names. */
const ordered = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [two]) => (one < two ? -1 : 1)))
      : part,
  );
