import { checkApproval } from '../../core/plan/approve-plan.ts';
import { batchSteps, isAskedAgain, isOnFiles } from '../../core/plan/batch-steps.ts';
import { isGenuine } from '../../core/plan/hash-plan.ts';
import { fail, ok } from '../../core/result.ts';
import { isProgram } from '../../core/run/resolve-cage.ts';
import type {
  Approval,
  Failure,
  Json,
  Outcome,
  Plan,
  PlanRecord,
  PlanStatus,
  Result,
  Step,
  StepState,
} from '../../core/types.ts';
import { askAboutStep, askAfterFailure } from './ask-person.ts';
import { type BatchEnd, executeBatch } from './execute-batch.ts';
import { executeProcess } from './execute-process.ts';
import { recoverLeft } from './recover.ts';
import { type Rehearsed, type RehearsedSteps, rehearsedSteps } from './rehearsed-steps.ts';
import { rollBack } from './roll-back.ts';
import { showEnd, showStep } from './show-steps.ts';
import { breathe, draftOf, type Stage } from './stage.ts';

/** Runs the approved steps of a plan. One TinyCode at a time acts on a workspace. */
export async function executePlan(stage: Stage, id: string): Promise<Result<Outcome>> {
  const taken = stage.hands.lock.take();
  if (!taken.ok) return taken;
  try {
    recoverLeft(stage);
    const found = stage.readers.plans.find(id);
    if (!found.ok) return found;
    const approval = admit(stage, found.value);
    if (!approval.ok) return approval;
    const seen = await rehearsedSteps(stage, found.value, approval.value);
    if (!seen.ok) return seen;
    return await run(stage, found.value.plan, approval.value, seen.value);
  } finally {
    taken.value.release();
  }
}

/** The approval that these very bytes were given, taken: it serves once. */
function admit(stage: Stage, { plan, approval }: PlanRecord): Result<Approval> {
  const { readers, writers, situation, clock } = stage;
  if (!isGenuine(readers.hashing, plan)) {
    return fail('changed', `Plan ${plan.id} is not what its hash says.`, {
      hint: 'Drop it and plan again; audit verify tells whether more was altered.',
    });
  }
  const version = readers.policy.version();
  if (!version.ok) return version;
  const checked = checkApproval(plan, approval, clock.now(), version.value, situation.level);
  if (!checked.ok) return checked;
  const { by, at, expiresAt, steps } = checked.value;
  const details = {
    plan: plan.id,
    hash: plan.hash,
    goal: plan.goal,
    steps: steps.slice(0, RECORDED_STEPS),
    count: steps.length,
    approvedBy: by,
    approvedAt: at,
    expiresAt,
  };
  const recorded = writers.audit.append(
    draftOf(stage, 'plan.started', riskOf(plan, steps), details),
  );
  if (!recorded.ok) return recorded;
  const used = writers.plans.use(checked.value);
  return used.ok ? checked : used;
}

/** A record has a bounded size; each step has records of its own. */
const RECORDED_STEPS = 1000;

const riskOf = ({ steps }: Plan, chosen: readonly string[]) =>
  steps.some(({ id, risk }) => chosen.includes(id) && isAskedAgain({ risk })) ? 'high' : 'medium';

async function run(
  stage: Stage,
  plan: Plan,
  approval: Approval,
  seen: RehearsedSteps,
): Promise<Result<Outcome>> {
  const steps = plan.steps.filter(({ id }) => approval.steps.includes(id));
  const states = new Map<string, StepState>(steps.map(({ id }) => [id, { id, status: 'waiting' }]));
  const keep = (status: PlanStatus) =>
    stage.writers.plans.setStatus(plan.id, status, [...states.values()]);
  const begun = keep('running');
  if (!begun.ok) return begun;
  const ended = await runBatches(stage, { plan, approval, seen }, steps, states);
  const status = statusOf(stage, ended);
  for (const [id, state] of states) {
    if (state.status === 'waiting') states.set(id, { id, status: 'skipped' });
  }
  const kept = keep(status);
  const details: { readonly [key: string]: Json } = {
    plan: plan.id,
    status,
    steps: [...states.values()]
      .slice(0, RECORDED_STEPS)
      .map(({ id, status: each }) => `${id} ${each}`),
    count: states.size,
  };
  const recorded = stage.writers.audit.append(draftOf(stage, `plan.${status}`, 'none', details));
  const own = [...states.values()];
  showEnd(stage, plan, status, own, ended.choice === 'fix');
  if (ended.choice === 'rollback') return await takeBackAfterFailure(stage, plan);
  // A line like one that a person enters: it is recorded, and can be stopped, by itself.
  if (ended.choice === 'fix') stage.enterNext(`/fix --plan ${plan.id}`);
  const broken = [kept, recorded].find((result) => !result.ok);
  const failure = ended.failure ?? (broken?.ok === false ? broken.error : null);
  return ok({
    kind: 'looked',
    data: dataOf(plan, status, own),
    exitCode: exitCodeOf(status, failure),
  });
}

/** What was approved. */
type Given = {
  readonly plan: Plan;
  readonly approval: Approval;
  readonly seen: RehearsedSteps;
};
type Ended = { readonly failure: Failure | null; readonly choice: 'fix' | 'keep' | 'rollback' };

async function runBatches(
  stage: Stage,
  given: Given,
  steps: readonly Step[],
  states: Map<string, StepState>,
): Promise<Ended> {
  const { plan } = given;
  let done = 0;
  for (const batch of batchSteps(steps)) {
    let todo = batch.filter((step) => !waitsForWhatWasLeftOut(step, states));
    while (todo.length > 0) {
      if (stage.signal.aborted) return { failure: cancelled(plan), choice: 'keep' };
      const end = await executeOne(stage, given, todo, states);
      for (const state of end.states) {
        states.set(state.id, state);
        showStep(stage, plan, steps, state);
      }
      if (end.failure === null) break;
      const stuck = todo.find(({ id }) => states.get(id)?.status !== 'done');
      const choice = stuck ? await askAfterFailure(stage, stuck, end.failure, states) : 'keep';
      if (choice === 'fix' || choice === 'keep' || choice === 'rollback') {
        return { failure: end.failure, choice };
      }
      if (choice === 'skip' && stuck) states.set(stuck.id, { id: stuck.id, status: 'skipped' });
      todo = todo.filter(({ id }) => !['done', 'skipped'].includes(states.get(id)?.status ?? ''));
    }
    done += batch.length;
    stage.progress({ what: 'steps', done, total: steps.length });
    await breathe();
  }
  return { failure: null, choice: 'keep' };
}

const waitsForWhatWasLeftOut = (step: Step, states: ReadonlyMap<string, StepState>): boolean =>
  step.dependsOn.some((id) => states.get(id)?.status === 'skipped');

async function executeOne(
  stage: Stage,
  { plan, approval, seen }: Given,
  steps: readonly Step[],
  states: ReadonlyMap<string, StepState>,
): Promise<BatchEnd> {
  const [first] = steps;
  if (first === undefined) return { states: [], failure: null };
  const isUncaged = isProgram(first.action) && approval.cage?.rung === 'L0';
  if (isAskedAgain(first) || isUncaged) {
    const agreed = await askAboutStep(stage, first, approval);
    if (!agreed.ok) {
      const { code, message } = agreed.error;
      return {
        states: [{ id: first.id, status: 'failed', error: { code, message } }],
        failure: agreed.error,
      };
    }
  }
  return isOnFiles(first.action.kind)
    ? executeBatch(stage, plan, steps)
    : executeProcess(stage, plan, first, approval.cage, seenOf(plan, first, seen, states));
}

/** What was rehearsed stands on the steps before it: once one of them went otherwise, programs run. */
function seenOf(
  { steps }: Plan,
  step: Step,
  seen: RehearsedSteps,
  states: ReadonlyMap<string, StepState>,
): Rehearsed | null {
  const found = seen.get(step.id) ?? null;
  const wentOtherwise = ({ id, action }: Step) =>
    states.get(id)?.status === 'skipped' ||
    (states.has(id) && isProgram(action) && action.network === true);
  const isOther = steps.slice(0, steps.indexOf(step)).some(wentOtherwise);
  return found !== null && isOther ? { ...found, isStill: false } : found;
}

const cancelled = ({ id }: Plan): Failure =>
  fail('cancelled', `Plan ${id} was stopped between two steps.`).error;

function statusOf(stage: Stage, { failure }: Ended): PlanStatus {
  if (failure === null) return 'done';
  return failure.code === 'cancelled' || stage.signal.aborted ? 'cancelled' : 'failed';
}

async function takeBackAfterFailure(stage: Stage, plan: Plan): Promise<Result<Outcome>> {
  const made = stage.readers.checkpoints.list({ plan: plan.id, status: 'done' });
  if (!made.ok) return made;
  const ids = made.value.filter(({ undoes }) => undoes === undefined).map(({ id }) => id);
  return rollBack(stage, plan.id, ids);
}

const dataOf = ({ id }: Plan, status: PlanStatus, states: readonly StepState[]): Json => ({
  plan: id,
  status,
  steps: states.map(({ id: step, status: each, exitCode, commit, error }) => ({
    id: step,
    status: each,
    ...(exitCode === undefined ? {} : { exitCode }),
    ...(commit === undefined ? {} : { commit }),
    ...(error === undefined ? {} : { error }),
  })),
});

const EXIT_OF: Partial<Record<Failure['code'], number>> = {
  'needs-approval': 3,
  denied: 4,
  changed: 5,
  cancelled: 130,
};

const exitCodeOf = (status: PlanStatus, failure: Failure | null): number => {
  if (failure === null) return status === 'done' ? 0 : 1;
  return EXIT_OF[failure.code] ?? 1;
};
