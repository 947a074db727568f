import { isMendable } from '../author/is-mendable.ts';
import type { Failure, ModelWork } from '../types.ts';
import type { TrialEnd } from './trial.ts';

/** Why there is no plan. */
export function judgeFailure(error: Failure, work: ModelWork): TrialEnd {
  const why = error.message;
  if (error.code === 'timeout') return { outcome: 'broken-off', why };
  if (error.code === 'cancelled') return { outcome: 'stopped', why };
  if (error.code === 'model' && !isMendable(error)) return { outcome: 'model-gone', why };
  return { outcome: worstEdit(work) ?? 'no-plan', why };
}

/** A check that failed: what was missing of the plan is why, where something was. */
export function judgeFailedCheck(why: string, work: ModelWork, open: readonly string[]): TrialEnd {
  const outcome = worstEdit(work);
  const [point] = open;
  if (outcome === null) return { outcome: 'failed', why };
  return { outcome, why: point === undefined ? why : `${point} ${why}` };
}

function worstEdit({ edits }: ModelWork): 'broken-off' | 'edit-refused' | 'model-gone' | null {
  const ends = edits.map(({ tries }) => tries.at(-1)).filter((end) => end !== 'taken');
  if (ends.length === 0) return null;
  if (ends.includes('failed')) return 'model-gone';
  return ends.includes('broken-off') ? 'broken-off' : 'edit-refused';
}
