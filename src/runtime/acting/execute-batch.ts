import { fail, ok } from '../../core/result.ts';
import type { Failure, Plan, Result, Step, StepState } from '../../core/types.ts';
import { loadExpected } from './compare-now.ts';
import { revertEntries, standingOf } from './revert-entries.ts';
import { draftOf, type Stage } from './stage.ts';
import { bytesOfStep, changesOf, entriesOf } from './step-changes.ts';

/** What came of a batch: the states of its steps, and why it stopped where it did. */
export type BatchEnd = { readonly states: readonly StepState[]; readonly failure: Failure | null };

/**
 * The straight line that every change of a file goes: decide again, compare what lies there, keep
 * it, write the journal, record the start, act, record the result. Whatever fails before the act
 * leaves the workspace as it was.
 */
export async function executeBatch(
  stage: Stage,
  plan: Plan,
  steps: readonly Step[],
): Promise<BatchEnd> {
  const prepared = prepare(stage, steps);
  const { ready, failure, failed } = prepared;
  const ended = ready.length === 0 ? { states: [], failure: null } : await act(stage, plan, ready);
  if (ended.failure !== null || failure === null || failed === null) return ended;
  const error = { code: failure.code, message: failure.message };
  const recorded = stage.writers.audit.append(
    draftOf(stage, 'step.refused', failed.risk, { plan: plan.id, step: failed.id, error }),
  );
  const state: StepState = { id: failed.id, status: 'failed', error };
  return { states: [...ended.states, state], failure: recorded.ok ? failure : recorded.error };
}

/** A step that may be done on what lies there. */
export type Ready = {
  readonly step: Step;
  /** The files that it changes or removes, by hash. */
  readonly bytes: ReadonlyMap<string, Uint8Array>;
  /** What its files will hold. */
  readonly put: (hash: string) => Result<Uint8Array>;
};

/** As many of the steps, in their order, as may be done on what lies there. */
function prepare(
  { readers, situation }: Stage,
  steps: readonly Step[],
): {
  readonly ready: readonly Ready[];
  readonly failed: Step | null;
  readonly failure: Failure | null;
} {
  const ready: Ready[] = [];
  for (const step of steps) {
    const decided = readers.policy.decide(step.action, situation);
    const allowed = decided.ok ? allow(step, decided.value.verdict) : decided;
    const bytes = allowed.ok ? loadExpected(readers.images, step.before) : allowed;
    if (!bytes.ok) return { ready, failed: step, failure: bytes.error };
    ready.push({ step, bytes: bytes.value, put: bytesOfStep(step) });
  }
  return { ready, failed: null, failure: null };
}

/** What asks was answered by the approval; what is denied is denied whoever approved it. */
const allow = (step: Step, verdict: string): Result<void> =>
  verdict === 'deny'
    ? fail('denied', `Step ${step.id} is denied by policy: ${step.title}.`, {
        hint: 'policy explain tells by which rule.',
      })
    : ok(undefined);

/** From the checkpoint on. `record` is what the log calls the start of it. */
export async function act(
  stage: Stage,
  plan: Plan,
  ready: readonly Ready[],
  record = 'step.started',
): Promise<BatchEnd> {
  const { checkpoints, audit } = stage.writers;
  const blobs = new Map(ready.flatMap(({ bytes }) => [...bytes]));
  const drafts = ready.map(({ step }) => ({
    plan: plan.id,
    step: step.id,
    entries: entriesOf(step),
  }));
  const begun = checkpoints.begin(drafts, blobs);
  if (!begun.ok) return notBegun(ready, begun.error);
  const ids = begun.value;
  const started = audit.appendAll(
    ready.map(({ step }, index) =>
      draftOf(stage, record, step.risk, {
        plan: plan.id,
        hash: plan.hash,
        step: step.id,
        title: step.title,
        checkpoint: ids[index] as number,
        paths: step.before.length,
        before: step.before.slice(0, RECORDED_IMAGES),
        after: step.after.slice(0, RECORDED_IMAGES),
      }),
    ),
  );
  if (!started.ok) {
    checkpoints.end(ids, 'reverted');
    return notBegun(ready, started.error);
  }
  const done = await doEach(stage, ready, ids);
  return conclude(stage, plan, ready, ids, done);
}

/** The plan's hash stands for all of them; a record has a bounded size. */
const RECORDED_IMAGES = 100;

const notBegun = (ready: readonly Ready[], failure: Failure): BatchEnd => {
  const [first] = ready;
  const error = { code: failure.code, message: failure.message };
  return { states: first ? [{ id: first.step.id, status: 'failed', error }] : [], failure };
};

/** How many were done wholly, and what stopped the next one. */
type Done = {
  readonly count: number;
  readonly failure: Failure | null;
  /** That next one is neither done nor taken back: its checkpoint stays open, to be settled later. */
  readonly isStuck: boolean;
};

async function doEach(
  stage: Stage,
  ready: readonly Ready[],
  ids: readonly number[],
): Promise<Done> {
  const { files } = stage.hands;
  const work = ready.map(({ step, put }, index) => ({
    step,
    tag: tagOf(ids[index] as number),
    changes: changesOf(entriesOf(step), put),
  }));
  await files.stage(
    work.flatMap(({ tag, changes }) => (changes.ok ? [{ tag, changes: changes.value }] : [])),
  );
  try {
    for (const [index, { step, tag, changes }] of work.entries()) {
      if (!changes.ok) return { count: index, failure: changes.error, isStuck: false };
      const { result } = files.apply(tag, changes.value);
      if (result.ok) continue;
      const back = takeBack(stage, tag, step);
      return { count: index, failure: back.ok ? result.error : back.error, isStuck: !back.ok };
    }
    return { count: ready.length, failure: null, isStuck: false };
  } finally {
    files.unstage();
  }
}

/** A step is done wholly or not at all. */
function takeBack(stage: Stage, tag: string, step: Step): Result<void> {
  const standing = standingOf(stage, entriesOf(step));
  const reverted = standing.ok ? revertEntries(stage, tag, standing.value.applied) : standing;
  if (reverted.ok) return reverted;
  return fail(
    'failed',
    `Step ${step.id} failed, and what it had done could not be taken back: ${reverted.error.message}`,
    { hint: 'checkpoints show has all that lay there before.', cause: reverted.error },
  );
}

export const tagOf = (checkpoint: number): string => `step-${checkpoint}`;

function conclude(
  stage: Stage,
  plan: Plan,
  ready: readonly Ready[],
  ids: readonly number[],
  { count, failure, isStuck }: Done,
): BatchEnd {
  const { checkpoints, audit } = stage.writers;
  const synced = stage.hands.files.sync();
  const error = failure && { code: failure.code, message: failure.message };
  const states = ready
    .slice(0, error === null ? count : count + 1)
    .map(({ step }, index): StepState => {
      if (index >= count && error !== null) return { id: step.id, status: 'failed', error };
      return { id: step.id, status: 'done', checkpoint: ids[index] as number };
    });
  const kept = ids.slice(0, count);
  const left = ids.slice(isStuck ? count + 1 : count);
  const ended = [
    synced,
    kept.length > 0 ? checkpoints.end(kept, 'done') : ok(undefined),
    left.length > 0 ? checkpoints.end(left, 'reverted') : ok(undefined),
    audit.appendAll(
      states.map((state, index) =>
        draftOf(stage, `step.${state.status}`, ready[index]?.step.risk ?? 'low', {
          plan: plan.id,
          step: state.id,
          checkpoint: ids[index] as number,
          ...(state.error === undefined ? {} : { error: state.error }),
        }),
      ),
    ),
  ].find((result) => !result.ok);
  return { states, failure: failure ?? (ended?.ok === false ? ended.error : null) };
}
