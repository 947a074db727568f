import { requestKind } from '../../core/planner/request-kind.ts';
import { judgePlan, type PastPlan } from '../../core/planner/weigh-planners.ts';
import type { CommandContext } from '../command.ts';

const MOST_LOOKED_AT = 200;
const MOST_READ = 20;
/** A larger one takes longer to read than it tells. */
const MOST_STEPS = 50;
const DAY_MS = 86_400_000;

const ENDED: readonly string[] = ['done', 'failed', 'rejected', 'rolled-back'];

/** What came of earlier plans for requests of a kind, the newest first. */
export function recallPlans(
  { readers, now }: Pick<CommandContext, 'readers' | 'now'>,
  kind: string,
): readonly PastPlan[] {
  const listed = readers.plans.list();
  if (!listed.ok) return [];
  const nowMs = now().getTime();
  return listed.value
    .slice(0, MOST_LOOKED_AT)
    .filter(({ status, steps }) => ENDED.includes(status) && steps <= MOST_STEPS)
    .filter(({ goal }) => requestKind(goal) === kind)
    .slice(0, MOST_READ)
    .flatMap(({ id, updatedAt }): readonly PastPlan[] => {
      const found = readers.plans.find(id);
      if (!found.ok) return [];
      const planner = found.value.plan.origin.kind;
      const isGood = judgePlan(found.value);
      if (isGood === null || (planner !== 'rules' && planner !== 'model')) return [];
      return [{ planner, isGood, ageDays: (nowMs - Date.parse(updatedAt)) / DAY_MS }];
    });
}
