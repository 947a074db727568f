import { compareStaged, stagedOf } from '../../core/commit/staged.ts';
import { ok } from '../../core/result.ts';
import type { Committed, Plan, Result, Step } from '../../core/types.ts';
import type { BatchEnd } from './execute-batch.ts';
import { draftOf, type Stage } from './stage.ts';

/** The pre-image of a step that works with what is staged; `changed` where it is another one now. */
export async function expectStaged(
  { readers, signal }: Pick<Stage, 'readers' | 'signal'>,
  step: Step,
): Promise<Result<void>> {
  if (step.staged === undefined) return ok(undefined);
  const other = await readers.pending.otherThan(step.staged, signal);
  if (!other.ok) return other;
  return other.value === null ? ok(undefined) : compareStaged(step, stagedOf(other.value));
}

/** The last commit before a step that may make one; null for any other step. */
export async function findHead({ readers, signal }: Stage, step: Step): Promise<string | null> {
  if (step.check || !step.effects.runs.includes('git commit')) return null;
  if (step.staged !== undefined) return step.staged.head;
  const head = await readers.pending.head(signal);
  return head.ok ? head.value : null;
}

/**
 * The commit that a step made goes into its state and into the log. What it holds is another thing
 * than what was staged where the step said so, as with -a, or where a hook of a program's own git
 * changed it: then that is said.
 */
export async function tellCommit(
  stage: Stage,
  plan: Plan,
  step: Step,
  since: string,
  ended: BatchEnd,
): Promise<BatchEnd> {
  if (!ended.states.some(({ id, status }) => id === step.id && status === 'done')) return ended;
  const found = await stage.readers.pending.committed(since, stage.signal);
  if (!found.ok || found.value === null) return ended;
  const { id, tree, stamp } = found.value;
  const { staged } = step;
  const commit: Committed = {
    ...{ id, tree },
    ...(staged === undefined ? {} : { isAsSeen: stamp === staged.stamp }),
  };
  if (commit.isAsSeen === false) {
    const text = `Step ${step.id} committed something else than what was staged: git show ${id.slice(0, 12)} has it.`;
    stage.show({ kind: 'text', text, tone: 'warn' });
  }
  const { isAsSeen } = commit;
  const told = {
    ...{ plan: plan.id, step: step.id, commit: id, tree },
    ...(isAsSeen === undefined ? {} : { isAsSeen }),
  };
  const recorded = stage.writers.audit.append(draftOf(stage, 'step.committed', step.risk, told));
  return {
    states: ended.states.map((state) => (state.id === step.id ? { ...state, commit } : state)),
    failure: ended.failure ?? (recorded.ok ? null : recorded.error),
  };
}
