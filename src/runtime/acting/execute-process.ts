import { fail, ok } from '../../core/result.ts';
import { sealRehearsal, withEntries } from '../../core/run/rehearsal.ts';
import { isProgram } from '../../core/run/resolve-cage.ts';
import type {
  Approval,
  CheckpointEntry,
  Failure,
  Plan,
  Step,
  StepState,
} from '../../core/types.ts';
import { acceptChanges, judgeMade, type Made, refusalOf } from './accept-changes.ts';
import { isAllowed } from './ask-person.ts';
import { loadExpected } from './compare-now.ts';
import { act, type BatchEnd } from './execute-batch.ts';
import { isAsRehearsed, type Rehearsed, rehearsedStep } from './rehearsed-steps.ts';
import type { Ran } from './run-in-view.ts';
import { runRecorded } from './run-recorded.ts';
import { countPaths, showLeft, showTouched } from './show-program.ts';
import { draftOf, type Stage } from './stage.ts';
import { expectStaged, findHead, tellCommit } from './staged-now.ts';

/** One step that runs a program, and what was said of it. */
type Turn = { readonly stage: Stage; readonly plan: Plan; readonly step: Step };

/**
 * Runs the program of a step in its cage; what it changed goes the way of every edit once it is
 * accepted. Of a step that was rehearsed, and nothing has changed since, nothing runs: its very
 * changes are taken.
 */
export async function executeProcess(
  stage: Stage,
  plan: Plan,
  step: Step,
  cage: Approval['cage'],
  rehearsed: Rehearsed | null,
): Promise<BatchEnd> {
  const since = await findHead(stage, step);
  const ended = await takeTurn({ stage, plan, step }, cage, rehearsed);
  return since === null ? ended : tellCommit(stage, plan, step, since, ended);
}

async function takeTurn(
  turn: Turn,
  cage: Approval['cage'],
  rehearsed: Rehearsed | null,
): Promise<BatchEnd> {
  const { stage, plan, step } = turn;
  const allowed = isAllowed(stage, step);
  if (!allowed.ok) return refuse(turn, allowed.error, null);
  if (cage === null) return refuse(turn, noCage(plan), null);
  const staged = await expectStaged(stage, step);
  if (!staged.ok) return refuse(turn, staged.error, null);
  // A rehearsal sends nothing, so what is meant to be sent has not been.
  const isWhole = !(isProgram(step.action) && step.action.network === true);
  if (rehearsed?.isStill && isWhole) return takeRehearsed(turn, rehearsed);
  const recorded = await runRecorded(stage, plan, step, cage);
  if (!recorded.ok) return failed(step, recorded.error, null);
  const { ran, failure } = recorded.value;
  if (failure !== null) return failed(step, failure, ran.end.exitCode);
  if (step.check || ran.changes.length === 0) return done(turn, ran.end.exitCode);
  if (ran.view === 'direct') {
    showTouched(stage, step.id, ran);
    return done(turn, ran.end.exitCode);
  }
  return takeMade(turn, ran, isAsRehearsed(rehearsed, ran.changes));
}

const noCage = ({ id }: Plan): Failure =>
  fail('changed', `No cage was approved for the programs of plan ${id}.`, {
    hint: `Approve it again: approve ${id}`,
  }).error;

async function takeRehearsed(turn: Turn, { step: seen, made }: Rehearsed): Promise<BatchEnd> {
  const { stage, plan, step } = turn;
  const exitCode = seen.ran?.exitCode ?? null;
  const told = { plan: plan.id, step: step.id, hash: plan.hash, cage: seen.rung, rehearsed: true };
  const started = stage.writers.audit.append(draftOf(stage, 'step.started', step.risk, told));
  if (!started.ok) return failed(step, started.error, exitCode);
  if (step.check || made.changes.length === 0) return done(turn, exitCode);
  const judged = await judgeMade(stage, step, made.changes);
  if (!judged.ok) return refuse(turn, judged.error, exitCode);
  if (judged.value.refused.length > 0) return refuse(turn, refusalOf(step, judged.value), exitCode);
  return apply(turn, made, exitCode);
}

/** Through the rules, before a person's eyes, and then into the workspace. */
async function takeMade(turn: Turn, ran: Ran, isSeen: boolean): Promise<BatchEnd> {
  const { stage, step } = turn;
  const { exitCode } = ran.end;
  const made = madeIn(ran);
  const judged = await judgeMade(stage, step, made.changes);
  if (!judged.ok) return refuse(turn, judged.error, exitCode);
  if (judged.value.refused.length > 0) return refuse(turn, refusalOf(step, judged.value), exitCode);
  const accepted = isSeen ? 'accepted' : await acceptChanges(stage, step, made, judged.value);
  switch (accepted) {
    case 'accepted':
      return apply(turn, made, exitCode);
    case 'refused':
      return refuse(
        turn,
        fail('denied', `What step ${step.id} changed was not accepted.`).error,
        exitCode,
      );
    case 'unseen':
      return keepUnseen(turn, ran);
    default:
      return accepted satisfies never;
  }
}

const madeIn = ({ changes, blobs }: Ran): Made => ({
  changes,
  bytes(hash) {
    const found = blobs.get(hash);
    return found === undefined
      ? fail('failed', 'What the program wrote is not there any more.')
      : ok(found);
  },
});

async function apply(
  { stage, plan, step }: Turn,
  { changes, bytes }: Made,
  exitCode: number | null,
): Promise<BatchEnd> {
  // A folder that is there keeps its permissions: only what is in it can be put and taken back.
  const isLeft = ({ before, after }: CheckpointEntry) =>
    before.kind === 'folder' && after.kind === 'folder';
  showLeft(stage, changes.filter(isLeft));
  const exact = withEntries(
    step,
    changes.filter((change) => !isLeft(change)),
  );
  // It ran on a view: what somebody staged meanwhile is in none of its changes.
  const staged = await expectStaged(stage, step);
  if (!staged.ok) return refuse({ stage, plan, step }, staged.error, exitCode);
  const kept = loadExpected(stage.readers.images, exact.before);
  if (!kept.ok) return refuse({ stage, plan, step }, kept.error, exitCode);
  const ready = { step: exact, bytes: kept.value, put: bytes };
  const ended = await act(stage, plan, [ready], 'step.applied');
  const states = ended.states.map((state) => (exitCode === null ? state : { ...state, exitCode }));
  return { ...ended, states };
}

/** Nobody was there to look: what it did is kept as a rehearsal of this step, to be approved. */
async function keepUnseen(turn: Turn, ran: Ran): Promise<BatchEnd> {
  const { stage, plan, step } = turn;
  const { exitCode } = ran.end;
  const stamp = await stage.readers.tree.stamp(stage.signal);
  const rehearsal = sealRehearsal(stage.readers.hashing, {
    planHash: plan.hash,
    at: stage.clock.now().toISOString(),
    ok: true,
    stamp: stamp.ok ? stamp.value : null,
    steps: [rehearsedStep(step, ran)],
  });
  const kept = stage.writers.plans.keepRehearsal(plan.id, rehearsal, ran.blobs);
  if (!kept.ok) return refuse(turn, kept.error, exitCode);
  const unseen = fail(
    'needs-approval',
    `Step ${step.id} changed ${countPaths(ran.changes.length)} that nobody has seen; nothing of it is in the workspace yet.`,
    {
      hint: `plan diff ${plan.id} ${step.id} shows it; approve ${plan.id} again, then execute ${plan.id}.`,
    },
  );
  return refuse(turn, unseen.error, exitCode);
}

function done({ stage, plan, step }: Turn, exitCode: number | null): BatchEnd {
  const told = { plan: plan.id, step: step.id, exitCode };
  const recorded = stage.writers.audit.append(draftOf(stage, 'step.done', step.risk, told));
  const state: StepState = { id: step.id, status: 'done', ...codeOf(exitCode) };
  return { states: [state], failure: recorded.ok ? null : recorded.error };
}

function refuse({ stage, plan, step }: Turn, failure: Failure, exitCode: number | null): BatchEnd {
  const { code, message } = failure;
  const told = { plan: plan.id, step: step.id, error: { code, message } };
  const recorded = stage.writers.audit.append(draftOf(stage, 'step.refused', step.risk, told));
  return failed(step, recorded.ok ? failure : recorded.error, exitCode);
}

function failed({ id }: Step, failure: Failure, exitCode: number | null): BatchEnd {
  const error = { code: failure.code, message: failure.message };
  return { states: [{ id, status: 'failed', ...codeOf(exitCode), error }], failure };
}

const codeOf = (exitCode: number | null) => (exitCode === null ? {} : { exitCode });
