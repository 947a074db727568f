import { reverseEntries } from '../../core/plan/file-changes.ts';
import { isBelow } from '../../core/plan/paths.ts';
import { fail, ok } from '../../core/result.ts';
import type {
  Checkpoint,
  CheckpointEntry,
  Outcome,
  PlanStatus,
  Result,
  StepState,
} from '../../core/types.ts';
import { loadExpected } from './compare-now.ts';
import { tagOf } from './execute-batch.ts';
import { recoverLeft } from './recover.ts';
import { revertEntries, standingOf } from './revert-entries.ts';
import { breathe, draftOf, type Stage } from './stage.ts';

/** Takes checkpoints back, the newest first, wherever nobody else has been meanwhile. */
export async function rollBackPlan(
  stage: Stage,
  plan: string,
  ids: readonly number[],
): Promise<Result<Outcome>> {
  const taken = stage.hands.lock.take();
  if (!taken.ok) return taken;
  try {
    if (taken.value.wasLeft) recoverLeft(stage);
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
    draftOf(stage, 'rollback.started', 'medium', { plan, checkpoints: ids }),
  );
  if (!started.ok) return started;
  const restored: string[] = [];
  const conflicts: string[] = [];
  for (const [index, checkpoint] of chosen.value.entries()) {
    if (stage.signal.aborted) break;
    const back = takeBackOne(stage, checkpoint);
    if (!back.ok) return conclude(stage, plan, restored, conflicts, back);
    restored.push(...back.value.restored);
    conflicts.push(...back.value.conflicts);
    stage.progress({ what: 'checkpoints', done: index + 1, total: chosen.value.length });
    if (index % BREATHE_EVERY === 0) await breathe();
  }
  return conclude(stage, plan, restored, conflicts, ok(undefined));
}

const BREATHE_EVERY = 16;

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

type Back = { readonly restored: readonly string[]; readonly conflicts: readonly string[] };

/** Compare and swap: only what still lies as this checkpoint left it is made as it was. */
function takeBackOne(stage: Stage, checkpoint: Checkpoint): Result<Back> {
  const standing = standingOf(stage, checkpoint.entries);
  if (!standing.ok) return standing;
  const { applied, foreign } = keepFilledFolders(stage, standing.value);
  const conflicts = foreign.map(({ before }) => before.path);
  if (applied.length === 0) return close(stage, checkpoint, [], conflicts);
  const entries = reverseEntries(applied);
  const bytes = loadExpected(
    stage.readers.images,
    entries.map(({ before }) => before),
  );
  if (!bytes.ok) return bytes;
  const { plan, step, id } = checkpoint;
  const begun = stage.writers.checkpoints.begin([{ plan, step, undoes: id, entries }], bytes.value);
  if (!begun.ok) return begun;
  const [own] = begun.value as readonly [number];
  const done = revertEntries(stage, tagOf(own), applied);
  if (!done.ok) {
    return fail(
      done.error.code,
      `Checkpoint ${id} could not be taken back: ${done.error.message}`,
      {
        ...(done.error.hint === undefined ? {} : { hint: done.error.hint }),
        data: { open: own },
      },
    );
  }
  const synced = stage.hands.files.sync();
  if (!synced.ok) return synced;
  const restored = applied.map(({ before }) => before.path);
  return close(stage, checkpoint, restored, conflicts, own);
}

/** A folder that a step made goes only when nobody else has put something into it. */
function keepFilledFolders(
  { readers }: Stage,
  standing: {
    readonly applied: readonly CheckpointEntry[];
    readonly foreign: readonly CheckpointEntry[];
  },
): { readonly applied: readonly CheckpointEntry[]; readonly foreign: readonly CheckpointEntry[] } {
  const going = new Set(standing.applied.map(({ after }) => after.path));
  const moving = standing.applied.flatMap(({ after }) => (after.movedFrom ? [after.path] : []));
  const goes = (path: string) => going.has(path) || moving.some((folder) => isBelow(path, folder));
  const isKept = ({ before, after }: CheckpointEntry): boolean => {
    const isMade = before.kind === 'absent' && after.kind === 'folder' && !after.movedFrom;
    if (!isMade) return false;
    const below = readers.images.below(after.path);
    return !below.ok || below.value.some(({ path }) => !goes(path));
  };
  return { applied: standing.applied.filter((entry) => !isKept(entry)), foreign: standing.foreign };
}

/** What was a way back and is taken back makes what it had undone count again. */
function close(
  { writers }: Stage,
  { id, undoes }: Checkpoint,
  restored: readonly string[],
  conflicts: readonly string[],
  own?: number,
): Result<Back> {
  const { checkpoints } = writers;
  const isWhole = conflicts.length === 0;
  const ended = [
    own === undefined
      ? ok(undefined)
      : checkpoints.end([own], undoes === undefined ? 'done' : 'undone'),
    isWhole || restored.length > 0 ? checkpoints.end([id], 'undone') : ok(undefined),
    undoes !== undefined && restored.length > 0 ? checkpoints.end([undoes], 'done') : ok(undefined),
  ].find((result) => !result.ok);
  return ended?.ok === false ? ended : ok({ restored, conflicts });
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
    restored,
    conflicts,
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
