import type { PlanRecord } from '../types.ts';

/** A plan that was kept, by whom it was made, and what came of it. */
export type PastPlan = {
  readonly planner: 'rules' | 'model';
  readonly isGood: boolean;
  readonly ageDays: number;
};

/** Null: it says nothing of who plans better. */
export function judgePlan({ plan, status, steps }: PlanRecord): boolean | null {
  switch (status) {
    case 'done':
      return true;
    case 'rejected':
    case 'rolled-back':
      return false;
    case 'failed': {
      // Where nothing but programs ran, one of them failed, and not the plan.
      const ranOnly = plan.steps.every(({ action }) => action.kind.endsWith('.run'));
      return ranOnly || steps.length === 0 ? null : false;
    }
    case 'proposed':
    case 'approved':
    case 'running':
    case 'cancelled':
    case 'interrupted':
      return null;
    default:
      return status satisfies never;
  }
}

/** A plan of a month ago counts half as much as one of today. */
const HALF_LIFE_DAYS = 30;
/** About three plans of late: fewer say nothing. */
const LEAST_WEIGHT = 2.5;
/** So many of the plans by rules must have been worth keeping for the rules to stay. */
const LEAST_SHARE = 0.4;
const CLEAR_LEAD = 0.1;

export type Weighed = {
  /** For a request that the rules understand. */
  readonly planner: 'rules' | 'model';
  readonly bad: number;
  readonly of: number;
};

/**
 * Who should plan a request of a kind that the rules understand. They are exact and cost nothing, so
 * a model takes their place only where their plans were turned down time and again, and its own
 * plans were not.
 */
export function weighPlanners(past: readonly PastPlan[]): Weighed {
  const rules = scoreOf(past, 'rules');
  const model = scoreOf(past, 'model');
  const hasEvidence = rules.weight >= LEAST_WEIGHT;
  const isWorse = rules.share < LEAST_SHARE && model.share >= rules.share + CLEAR_LEAD;
  const byRules = past.filter(({ planner }) => planner === 'rules');
  return {
    planner: hasEvidence && isWorse ? 'model' : 'rules',
    bad: byRules.filter(({ isGood }) => !isGood).length,
    of: byRules.length,
  };
}

/** Smoothed: of whom nothing is known, every second plan would be good. */
function scoreOf(past: readonly PastPlan[], wanted: PastPlan['planner']) {
  let weight = 0;
  let good = 0;
  for (const { planner, isGood, ageDays } of past) {
    if (planner !== wanted) continue;
    const counts = 0.5 ** (Math.max(0, ageDays) / HALF_LIFE_DAYS);
    weight += counts;
    if (isGood) good += counts;
  }
  return { weight, share: (good + 1) / (weight + 2) };
}
