import { subjectOf, VERBS } from '../../core/plan/describe-action.ts';
import { isGenuine } from '../../core/plan/hash-plan.ts';
import { fail, ok } from '../../core/result.ts';
import { changesAsData } from '../../core/run/kind-of-change.ts';
import { sealRehearsal } from '../../core/run/rehearsal.ts';
import type {
  CheckpointEntry,
  Failure,
  Json,
  Outcome,
  Plan,
  PlanRecord,
  Rehearsal,
  RehearsedStep,
  Result,
  Rung,
  Step,
} from '../../core/types.ts';
import { notReached, type Rehearsing, rehearseStep } from './rehearse-step.ts';
import { countPaths } from './show-program.ts';
import { breathe, draftOf, type Stage } from './stage.ts';

/**
 * Runs all of a plan on a view of the workspace, its checks included. The workspace stays as it is;
 * what was seen is kept with the plan.
 */
export async function rehearsePlan(stage: Stage, id: string): Promise<Result<Outcome>> {
  // Nothing may act meanwhile: the view stands on the workspace as it lies.
  const taken = stage.hands.lock.take();
  if (!taken.ok) return taken;
  try {
    const found = stage.readers.plans.find(id);
    if (!found.ok) return found;
    if (!isGenuine(stage.readers.hashing, found.value.plan)) {
      return fail('changed', `Plan ${id} is not what its hash says.`, {
        hint: 'Drop it and plan again; audit verify tells whether more was altered.',
      });
    }
    return await rehearse(stage, found.value);
  } finally {
    taken.value.release();
  }
}

async function rehearse(stage: Stage, record: PlanRecord): Promise<Result<Outcome>> {
  const { plan } = record;
  const { rung } = await stage.readers.cages.report(stage.signal);
  const stamp = await stage.readers.tree.stamp(stage.signal);
  if (!stamp.ok) return stamp;
  const told = { plan: plan.id, hash: plan.hash, cage: rung };
  const started = stage.writers.audit.append(draftOf(stage, 'rehearsal.started', 'medium', told));
  if (!started.ok) return started;
  await stage.hands.views.sweep();
  const opened = await stage.hands.views.open({ isApart: true }, stage.signal);
  if (!opened.ok) return opened;
  const blobs = new Map<string, Uint8Array>();
  const ran = await runSteps({ stage, record, view: opened.value, rung, blobs }).finally(
    async () => {
      const closed = await opened.value.close();
      if (!closed.ok) stage.show({ kind: 'failure', failure: closed.error });
    },
  );
  const failure = stage.signal.aborted ? cancelled(plan) : null;
  const rehearsal = sealRehearsal(stage.readers.hashing, {
    planHash: plan.hash,
    at: stage.clock.now().toISOString(),
    ok: failure === null && ran.steps.every((step) => step.ok),
    stamp: stamp.value,
    steps: ran.steps,
  });
  const ended = stage.writers.audit.append(
    draftOf(stage, 'rehearsal.ended', 'medium', {
      ...{ ...told, ok: rehearsal.ok, rehearsal: rehearsal.hash },
      steps: rehearsal.steps.slice(0, RECORDED_STEPS).map((step) => `${step.id} ${step.ok}`),
    }),
  );
  if (failure !== null) return { ok: false, error: failure };
  if (!ended.ok) return ended;
  const kept = stage.writers.plans.keepRehearsal(plan.id, rehearsal, blobs);
  if (!kept.ok) return kept;
  showEnd(stage, plan, rehearsal, ran.all);
  const data = dataOf(plan, rehearsal, ran.all, rung);
  return ok({ kind: 'looked', data, exitCode: rehearsal.ok ? 0 : 1 });
}

const RECORDED_STEPS = 1000;

const cancelled = ({ id }: Plan): Failure =>
  fail('cancelled', `The rehearsal of plan ${id} was stopped; nothing of it is left.`).error;

async function runSteps(its: Rehearsing): Promise<{
  readonly steps: readonly RehearsedStep[];
  /** All that differs from the workspace at the end. */
  readonly all: readonly CheckpointEntry[];
}> {
  const { stage, record } = its;
  const steps: RehearsedStep[] = [];
  let all: readonly CheckpointEntry[] = [];
  for (const step of record.plan.steps) {
    const isStopped = stage.signal.aborted || steps.some((each) => !each.ok);
    const seen = isStopped ? notReached(its, step) : await rehearseStep(its, step, all);
    steps.push(seen.step);
    all = seen.all ?? all;
    if (!isStopped) showStep(stage, step, seen.step);
    stage.progress({ what: 'steps', done: steps.length, total: record.plan.steps.length });
    await breathe();
  }
  return { steps, all };
}

function showStep(
  { show }: Stage,
  { action }: Step,
  { id, ok: isOk, ran, changes, error }: RehearsedStep,
) {
  const details = [
    ...(ran === null ? [] : [`exit ${ran.exitCode ?? ran.signal}`]),
    ...(ran === null || changes.length === 0 ? [] : [`changed ${countPaths(changes.length)}`]),
    ...(error === undefined ? [] : [error.message]),
  ];
  const text = `${id}  ${VERBS[action.kind]}  ${subjectOf(action)}`;
  const detail = details.length === 0 ? {} : { detail: details.join(' · ') };
  show({ kind: 'items', items: [{ mark: isOk ? 'ok' : 'fail', text, ...detail }] });
  const said = ran === null || isOk ? '' : `${ran.stdout}${ran.stderr}`.trimEnd();
  if (said !== '') show({ kind: 'code', text: said.split('\n').slice(-SHOWN_LINES).join('\n') });
}
const SHOWN_LINES = 30;

function showEnd(
  { show, hasPerson }: Stage,
  { id }: Plan,
  rehearsal: Rehearsal,
  all: readonly CheckpointEntry[],
): void {
  const slash = hasPerson ? '/' : '';
  const text = rehearsal.ok
    ? `The rehearsal of plan ${id} came out well: ${countPaths(all.length)} would change. ${slash}plan diff ${id} shows them; ${slash}approve ${id} takes exactly this.`
    : `The rehearsal of plan ${id} failed. The workspace is as it was.`;
  show({ kind: 'text', text, tone: rehearsal.ok ? 'good' : 'bad' });
}

const dataOf = (
  { id }: Plan,
  rehearsal: Rehearsal,
  all: readonly CheckpointEntry[],
  rung: Rung,
): Json => ({
  plan: id,
  ok: rehearsal.ok,
  rung,
  rehearsal: rehearsal.hash,
  steps: rehearsal.steps.map((step) => ({
    id: step.id,
    ok: step.ok,
    exitCode: step.ran?.exitCode ?? null,
    ...(step.ran?.signal ? { signal: step.ran.signal } : {}),
    rung: step.rung,
    stdout: step.ran?.stdout ?? '',
    stderr: step.ran?.stderr ?? '',
    limits: step.ran?.limits ?? [],
    changes: changesAsData(step.changes),
    ...(step.error === undefined ? {} : { error: step.error }),
  })),
  changes: changesAsData(all),
});
