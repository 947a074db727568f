import type { DraftStep, PlanDraft, Step } from '../types.ts';

/** The draft with a step behind all others that tries again what failed, unless it does so already. */
export function withCheck(draft: PlanDraft, { id, action, check }: Step): PlanDraft {
  if (draft.steps.some((step) => ordered(step.action) === ordered(action))) return draft;
  const ids = draft.steps.flatMap((step) => step.id ?? []);
  const again: DraftStep = {
    id: freeId(ids),
    why: `Step ${id} failed at it.`,
    action,
    dependsOn: ids,
    check,
  };
  return { ...draft, steps: [...draft.steps, again] };
}

/** What was kept has its names in another order than what was just made. */
const ordered = (action: DraftStep['action']): string =>
  JSON.stringify(Object.entries(action).sort(([one], [two]) => (one < two ? -1 : 1)));

function freeId(ids: readonly string[]): string {
  let number = ids.length + 1;
  while (ids.includes(String(number))) number += 1;
  return String(number);
}
