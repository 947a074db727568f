import type { Json, Plan } from '../types.ts';

export type PlanHashing = { sha256(text: string): string; canonical(value: Json): string };

/** The hash that an approval names: over every byte of what was shown and will be done. */
export const hashPlan = (hashing: PlanHashing, body: Omit<Plan, 'id' | 'hash'>): string =>
  hashing.sha256(hashing.canonical(contentOf(body)));

/** The plan without the name that it goes by here. */
function contentOf({ goal, origin, steps, open }: Omit<Plan, 'id' | 'hash'>): Json {
  // A plan is plain data; the form of the canonical text has a number of its own.
  return { format: 1, goal, origin, open, steps: steps as unknown as Json };
}

/** Whether a plan is what its hash says. */
export const isGenuine = (hashing: PlanHashing, plan: Plan): boolean =>
  hashPlan(hashing, plan) === plan.hash;
