import { fail, ok } from '../../core/result.ts';
import type { Checkpoint, Outcome, PlanStatus, Result, StepState } from '../../core/types.ts';
import { recoverLeft } from './recover.ts';
import { breathe, draftOf, type Stage } from './stage.ts';
import { groupCheckpoints, takeBackGroup } from './take-back-group.ts';

/** Takes checkpoints back, the newest first, wherever nobody else has been meanwhile. */
export async function rollBackPlan(
  stage: Stage,
  plan: string,
  ids: readonly number[],
): Promise<Result<Outcome>> {
  const taken = stage.hands.lock.take();
  if (!taken.ok) return taken;
  try {
    recoverLeft(stage);
    return await rollBack(stage, plan, ids);
  } finally {
    taken.value.release();
  }
}

/** The same, for one who holds the lock. */
export async function rollBack(
  stage: Stage,
  plan: string,
  ids: readonly number[],
): Promise<Result<Outcome>> {
  const { audit } = stage.writers;
  const chosen = choose(stage, ids);
  if (!chosen.ok) return chosen;
  const started = audit.append(
    draftOf(stage, 'rollback.started', 'medium', {
      plan,
      checkpoints: ids.slice(0, RECORDED_PATHS),
      count: ids.length,
    }),
  );
  if (!started.ok) return started;
  const restored: string[] = [];
  const conflicts: string[] = [];
  let done = 0;
  for (const group of groupCheckpoints(chosen.value)) {
    if (stage.signal.aborted) break;
    const back = await takeBackGroup(stage, group);
    restored.push(...back.restored);
    conflicts.push(...back.conflicts);
    if (!back.result.ok) return conclude(stage, plan, restored, conflicts, back.result);
    done += group.length;
    stage.progress({ what: 'checkpoints', done, total: chosen.value.length });
    await breathe();
  }
  return conclude(stage, plan, restored, conflicts, ok(undefined));
}

/** Newest first: a later step may stand on what an earlier one did. */
function choose({ readers }: Stage, ids: readonly number[]): Result<readonly Checkpoint[]> {
  const found: Checkpoint[] = [];
  for (const id of [...ids].sort((a, b) => b - a)) {
    const checkpoint = readers.checkpoints.find(id);
    if (!checkpoint.ok) return checkpoint;
    if (checkpoint.value.status !== 'done') {
      return fail(
        'usage',
        `Checkpoint ${id} is ${checkpoint.value.status}; there is nothing to take back.`,
      );
    }
    found.push(checkpoint.value);
  }
  return ok(found);
}

function conclude(
  stage: Stage,
  plan: string,
  restored: readonly string[],
  conflicts: readonly string[],
  failed: Result<void>,
): Result<Outcome> {
  const { writers, hands, show } = stage;
  const synced = hands.files.sync();
  const problem = [failed, synced].find((result) => !result.ok);
  const details = {
    plan,
    restored: restored.slice(0, RECORDED_PATHS),
    conflicts: conflicts.slice(0, RECORDED_PATHS),
    counts: { restored: restored.length, conflicts: conflicts.length },
    ...(problem?.ok === false ? { error: problem.error.message } : {}),
  };
  const status = problem ? 'failed' : 'done';
  const recorded = writers.audit.append(draftOf(stage, `rollback.${status}`, 'medium', details));
  settlePlan(stage, plan);
  show({
    kind: 'text',
    text: `${restored.length} ${restored.length === 1 ? 'path is' : 'paths are'} as before.`,
    tone: conflicts.length === 0 && !problem ? 'good' : 'plain',
  });
  if (conflicts.length > 0) {
    const shown = [...new Set(conflicts)];
    show({ kind: 'failure', failure: conflictOf(shown).error });
  }
  if (problem?.ok === false) return problem;
  if (!recorded.ok) return recorded;
  const data = { restored: [...new Set(restored)], conflicts: [...new Set(conflicts)] };
  return ok({ kind: 'looked', data, exitCode: conflicts.length > 0 ? 5 : 0 });
}

/** A record has a bounded size; the records of the steps name every path. */
const RECORDED_PATHS = 1000;

const conflictOf = (paths: readonly string[]) =>
  fail('changed', `Left alone, since somebody changed them after the plan: ${paths.join(', ')}.`, {
    hint: 'Both versions are kept: yours in the workspace, the one before in the checkpoint (checkpoints show ID PATH).',
  });

/** What the checkpoints that still count make of the plan that they belong to. */
function settlePlan({ readers, writers }: Stage, id: string): void {
  const found = readers.plans.find(id);
  const made = readers.checkpoints.list({ plan: id });
  if (!found.ok || !made.ok) return;
  const standing = new Map(made.value.map((each) => [each.id, each.status]));
  const before = new Map(found.value.steps.map((state) => [state.id, state.status]));
  const steps = found.value.steps.map((state): StepState => {
    if (state.checkpoint === undefined) return state;
    const isUndone = standing.get(state.checkpoint) === 'undone';
    if (isUndone) return { ...state, status: 'rolled-back' };
    return state.status === 'rolled-back' ? { ...state, status: 'done' } : state;
  });
  const withFiles = steps.filter(({ checkpoint }) => checkpoint !== undefined);
  const isBack = withFiles.length > 0 && withFiles.every(({ status }) => status === 'rolled-back');
  const { status } = found.value;
  const after: PlanStatus = isBack ? 'rolled-back' : status === 'rolled-back' ? 'done' : status;
  const changed = steps.filter(({ id: step, status: now }) => before.get(step) !== now);
  writers.plans.setStatus(found.value.plan.id, after, changed);
}
