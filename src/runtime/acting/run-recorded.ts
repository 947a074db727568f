import { ok } from '../../core/result.ts';
import { changesAsData } from '../../core/run/kind-of-change.ts';
import type { Approval, Failure, JsonObject, Plan, Result, Step } from '../../core/types.ts';
import { failureOfStep, programOf, type Ran, runInView } from './run-in-view.ts';
import { showLost, showOutput } from './show-program.ts';
import { draftOf, type Stage } from './stage.ts';

/** A program that ran to an end of its own, and why that was no good one. */
export type Recorded = { readonly ran: Ran; readonly failure: Failure | null };

/** Runs the program of a step in the cage that was approved: recorded before, its end afterwards. */
export async function runRecorded(
  stage: Stage,
  plan: Plan,
  step: Step,
  approved: NonNullable<Approval['cage']>,
): Promise<Result<Recorded>> {
  const { audit } = stage.writers;
  const request = await programOf(stage, `${plan.id} ${step.id}`, approved.rung, step.action);
  if (!request.ok) return request;
  const told = { plan: plan.id, step: step.id, title: step.title };
  const { argv, cwd, env, cage } = request.value;
  const started = audit.append(
    draftOf(stage, 'step.started', step.risk, {
      ...{ ...told, hash: plan.hash, argv, cwd, env },
      ...{ cage: cage.rung, view: approved.view, network: cage.network, limits: cage.limits },
    }),
  );
  if (!started.ok) return started;
  const ran = await runInView(stage, request.value, {
    isApart: false,
    wanted: approved.view,
    isKept: !step.check,
  });
  const failure = ran.ok ? failureOfStep(step, ran.value.end) : ran.error;
  const details: JsonObject = {
    ...told,
    ...(ran.ok ? describe(ran.value) : {}),
    ...(failure === null ? {} : { error: { code: failure.code, message: failure.message } }),
  };
  const name = failure === null ? 'program.ended' : 'step.failed';
  const recorded = audit.append(draftOf(stage, name, step.risk, details));
  if (!ran.ok) return ran;
  showOutput(stage, ran.value.end, failure !== null);
  if (failure !== null || step.check) showLost(stage, ran.value, failure !== null);
  return recorded.ok ? ok({ ran: ran.value, failure }) : recorded;
}

const RECORDED_CHARACTERS = 2_000;
const RECORDED_CHANGES = 100;

const describe = ({ end, view, changes }: Ran): JsonObject => ({
  exitCode: end.exitCode,
  signal: end.signal,
  tookMs: Math.round(end.tookMs),
  limits: end.limits,
  droppedBytes: end.droppedBytes,
  output: end.output.slice(-RECORDED_CHARACTERS),
  view,
  changed: changes.length,
  changes: changesAsData(changes).slice(0, RECORDED_CHANGES),
});
