import { isOnFiles } from '../../core/plan/batch-steps.ts';
import { subjectOf, VERBS } from '../../core/plan/describe-action.ts';
import { isGenuine } from '../../core/plan/hash-plan.ts';
import { fail, ok } from '../../core/result.ts';
import { changesSince } from '../../core/run/changes-since.ts';
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
import type { View } from '../../ports.ts';
import { judgeMade, refusalOf } from './accept-changes.ts';
import { rehearsedStep } from './rehearsed-steps.ts';
import { failureOfEnd, programOf, runInOpenView } from './run-in-view.ts';
import { countPaths } from './show-program.ts';
import { breathe, draftOf, type Stage } from './stage.ts';
import { bytesOfStep, changesOf, entriesOf } from './step-changes.ts';

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

type Rehearsing = {
  readonly stage: Stage;
  readonly record: PlanRecord;
  readonly view: View;
  readonly rung: Rung;
  /** The files that programs left, by hash; each step adds its own. */
  readonly blobs: Map<string, Uint8Array>;
};

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
    const seen = isStopped ? notReached(its, step) : await runStep(its, step, all);
    steps.push(seen.step);
    all = seen.all ?? all;
    if (!isStopped) showStep(stage, step, seen.step);
    stage.progress({ what: 'steps', done: steps.length, total: record.plan.steps.length });
    await breathe();
  }
  return { steps, all };
}

type Seen = { readonly step: RehearsedStep; readonly all?: readonly CheckpointEntry[] };

function runStep(its: Rehearsing, step: Step, earlier: readonly CheckpointEntry[]): Promise<Seen> {
  const wrong = its.record.findings.find(
    (finding) => finding.severity === 'error' && finding.step === step.id,
  );
  if (wrong !== undefined) {
    return Promise.resolve(failed(its, step, fail('denied', wrong.message).error));
  }
  return isOnFiles(step.action.kind)
    ? Promise.resolve(changeFiles(its, step, earlier))
    : runProgram(its, step, earlier);
}

function changeFiles(its: Rehearsing, step: Step, earlier: readonly CheckpointEntry[]): Seen {
  const { stage, view, rung } = its;
  const changes = changesOf(entriesOf(step), bytesOfStep(step));
  if (!changes.ok) return failed(its, step, changes.error);
  const { files } = stage.hands.inFolder(view.folder);
  const { result } = files.apply('rehearsal', changes.value);
  if (!result.ok) return failed(its, step, result.error);
  const entries = entriesOf(step);
  const all = [...earlier, ...entries];
  return { step: { id: step.id, ok: true, rung, ran: null, changes: entries }, all: merge(all) };
}

/** One entry for each path: from what lies in the workspace to what lies in the view. */
function merge(entries: readonly CheckpointEntry[]): readonly CheckpointEntry[] {
  const merged = new Map<string, CheckpointEntry>();
  for (const { before, after } of entries) {
    merged.set(after.path, { before: merged.get(after.path)?.before ?? before, after });
  }
  return [...merged.values()];
}

async function runProgram(
  its: Rehearsing,
  step: Step,
  earlier: readonly CheckpointEntry[],
): Promise<Seen> {
  const { stage, record, view, rung, blobs } = its;
  const request = await programOf(
    stage,
    `rehearsal of ${record.plan.id} ${step.id}`,
    rung,
    step.action,
  );
  if (!request.ok) return failed(its, step, request.error);
  const { cage } = request.value;
  // What leaves the machine cannot be taken back, so a rehearsal sends nothing.
  const silent = { ...request.value, cage: { ...cage, network: false } };
  const ran = await runInOpenView(stage, view, silent);
  if (!ran.ok) return failed(its, step, ran.error);
  const changes = changesSince(earlier, ran.value.changes);
  const seen = { ...rehearsedStep(step, ran.value), changes };
  const all = ran.value.changes;
  const failure =
    failureOfEnd(`Step ${step.id}`, ran.value.end) ?? (await refusal(stage, step, changes));
  if (failure !== null) {
    const error = { code: failure.code, message: failure.message };
    return { step: { ...seen, ok: false, error }, all };
  }
  const isKept = !step.check;
  for (const { after } of isKept ? changes : []) {
    const bytes = after.kind === 'file' ? ran.value.blobs.get(after.hash) : undefined;
    if (after.kind === 'file' && bytes !== undefined) blobs.set(after.hash, bytes);
  }
  return { step: seen, all };
}

/** What the rules would never let into the workspace shows already now. */
async function refusal(
  stage: Stage,
  step: Step,
  changes: readonly CheckpointEntry[],
): Promise<Failure | null> {
  if (step.check || changes.length === 0) return null;
  const judged = await judgeMade(stage, step, changes);
  if (!judged.ok) return judged.error;
  return judged.value.refused.length > 0 ? refusalOf(step, judged.value) : null;
}

function failed({ rung }: Rehearsing, { id }: Step, { code, message }: Failure): Seen {
  return { step: { id, ok: false, rung, ran: null, changes: [], error: { code, message } } };
}

const notReached = (its: Rehearsing, step: Step): Seen =>
  failed(its, step, fail('cancelled', 'It was not reached.').error);

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
