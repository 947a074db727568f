import { ok } from '../../core/result.ts';
import type { Checkpoint, PlanStatus, Result, StepState } from '../../core/types.ts';
import { tagOf } from './execute-batch.ts';
import { revertEntries, standingOf } from './revert-entries.ts';
import { draftOf, type Stage } from './stage.ts';

type Recovering = Pick<Stage, 'readers' | 'writers' | 'hands' | 'show' | 'session' | 'situation'>;

/**
 * Finishes or reverts what a TinyCode that died was doing, and says so. Afterwards every step of
 * its journal is done wholly or not at all.
 */
export function recover(stage: Recovering): void {
  if (!stage.hands.lock.isLeft()) return;
  const taken = stage.hands.lock.take();
  // Somebody else is at it already.
  if (!taken.ok) return;
  recoverLeft(stage);
  taken.value.release();
}

/** The same, for one who holds the lock: nothing acts while a checkpoint is open. */
export function recoverLeft(stage: Recovering): void {
  const open = stage.readers.checkpoints.list({ status: 'open' });
  if (!open.ok) {
    stage.show({ kind: 'failure', failure: open.error });
    return;
  }
  for (const checkpoint of [...open.value].reverse()) {
    const settled = settle(stage, checkpoint);
    const told = settled.ok ? settled.value : { outcome: 'failed' as const, error: settled.error };
    tell(stage, checkpoint, told);
  }
  stage.hands.files.sync();
  interruptPlans(stage);
}

type Told =
  | { readonly outcome: 'finished' | 'reverted'; readonly foreign: readonly string[] }
  | { readonly outcome: 'failed'; readonly error: { readonly message: string } };

function settle(stage: Recovering, checkpoint: Checkpoint): Result<Told> {
  const { checkpoints } = stage.writers;
  const tag = tagOf(checkpoint.id);
  const paths = checkpoint.entries.map(({ before }) => before.path);
  for (const each of [tag, `${tag}-back`]) {
    const swept = stage.hands.files.sweep(each, paths);
    if (!swept.ok) return swept;
  }
  const standing = standingOf(stage, checkpoint.entries);
  if (!standing.ok) return standing;
  const { applied, untouched, foreign } = standing.value;
  const isDone = untouched.length === 0 && (applied.length > 0 || foreign.length > 0);
  if (!isDone && applied.length > 0) {
    const reverted = revertEntries(stage, tag, applied);
    if (!reverted.ok) return reverted;
  }
  const ended = checkpoints.end([checkpoint.id], isDone ? 'done' : 'reverted');
  const undone =
    isDone && checkpoint.undoes !== undefined
      ? checkpoints.end([checkpoint.undoes], 'undone')
      : ok(undefined);
  if (!ended.ok) return ended;
  if (!undone.ok) return undone;
  return ok({
    outcome: isDone ? 'finished' : 'reverted',
    foreign: foreign.map(({ before }) => before.path),
  });
}

function tell(stage: Recovering, { id, plan, step }: Checkpoint, told: Told): void {
  const details =
    told.outcome === 'failed'
      ? { outcome: told.outcome, error: told.error.message }
      : { outcome: told.outcome, foreign: told.foreign };
  stage.writers.audit.append(
    draftOf(stage, 'step.recovered', 'low', { plan, step, checkpoint: id, ...details }),
  );
  const what = {
    finished: 'had been done and is kept',
    reverted: 'had been begun and was taken back',
    failed: 'could not be settled',
  }[told.outcome];
  const why = told.outcome === 'failed' ? `: ${told.error.message}` : '';
  stage.show({
    kind: 'text',
    text: `TinyCode ended while it acted. Step ${step} of plan ${plan} ${what}${why}.`,
    tone: told.outcome === 'failed' ? 'bad' : 'warn',
  });
}

/** Plans that say that they run, though nobody runs them. */
function interruptPlans({ readers, writers, show }: Recovering): void {
  const plans = readers.plans.list();
  if (!plans.ok) return;
  for (const { id } of plans.value.filter(({ status }) => status === 'running')) {
    const found = readers.plans.find(id);
    const made = readers.checkpoints.list({ plan: id, status: 'done' });
    if (!found.ok || !made.ok) continue;
    const last = new Map(
      made.value.filter(({ undoes }) => undoes === undefined).map((each) => [each.step, each.id]),
    );
    const steps = found.value.steps.map((state): StepState => {
      const checkpoint = last.get(state.id);
      if (checkpoint !== undefined) return { id: state.id, status: 'done', checkpoint };
      return state.status === 'running' || state.status === 'waiting'
        ? { id: state.id, status: 'skipped' }
        : state;
    });
    const status: PlanStatus = 'interrupted';
    writers.plans.setStatus(id, status, steps);
    const done = steps.filter(({ status: each }) => each === 'done').length;
    show({
      kind: 'text',
      text: `Plan ${id} was interrupted: ${done} of ${steps.length} steps are done. rollback ${id} takes them back; approve ${id} again for the rest.`,
      tone: 'warn',
    });
  }
}
