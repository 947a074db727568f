import { fail, ok } from '../core/result.ts';
import type { Act, Event, Json, JsonObject, Outcome, Result, State } from '../core/types.ts';
import { executePlan } from './acting/execute-plan.ts';
import { rehearsePlan } from './acting/rehearse-plan.ts';
import { rehearseRun } from './acting/rehearse-run.ts';
import { rollBackPlan } from './acting/roll-back.ts';
import { draftOf, type Stage } from './acting/stage.ts';
import { makeChange } from './make-change.ts';
import { runEvaluation } from './trials/run-evaluation.ts';

/** Brings about what a command came to: its changes, the plan to be kept, the act. */
export async function carryOut(
  stage: Stage,
  outcome: Outcome,
  state: () => State,
  send: (event: Event) => void,
): Promise<Result<Outcome>> {
  switch (outcome.kind) {
    case 'looked':
      return ok(outcome);
    case 'steered': {
      let data = outcome.data;
      for (const change of outcome.changes) {
        const made = LOOKS.includes(change.kind)
          ? ok({})
          : await makeChange(stage, state(), change);
        if (!made.ok) return made;
        send({ kind: 'change.made', change });
        if (Object.keys(made.value).length > 0) data = { ...asObject(data), ...made.value };
      }
      stage.show(outcome.done);
      return ok({ ...outcome, data });
    }
    case 'proposed': {
      const kept = keepPlan(stage, outcome);
      if (!kept.ok) return kept;
      send({ kind: 'plan.kept', plan: outcome.plan.id });
      for (const block of outcome.shown) stage.show(block);
      return ok(outcome);
    }
    case 'acts':
      return await act(stage, outcome.act);
    default:
      return outcome satisfies never;
  }
}

const asObject = (data: Json): JsonObject =>
  typeof data === 'object' && data !== null && !Array.isArray(data) ? (data as JsonObject) : {};

/** What changes only what a door shows is not recorded as an act. */
const LOOKS: readonly string[] = ['session.leave', 'review.open'];

function keepPlan(
  stage: Stage,
  { plan, findings, replaces }: Outcome & { kind: 'proposed' },
): Result<unknown> {
  const { audit, plans } = stage.writers;
  const action = replaces === undefined ? 'plan.proposed' : 'plan.amended';
  const details: JsonObject = {
    plan: plan.id,
    hash: plan.hash,
    goal: plan.goal,
    origin: plan.origin.kind,
    steps: plan.steps.length,
    ...(replaces === undefined ? {} : { replaces: replaces.hash, reason: replaces.reason }),
  };
  const recorded = audit.append(draftOf(stage, action, 'none', details));
  if (!recorded.ok) return recorded;
  const note = { by: stage.user, ...(replaces ? { reason: replaces.reason } : {}) };
  return plans.keep(plan, findings, note, replaces?.hash ?? null);
}

function act(stage: Stage, wanted: Act): Promise<Result<Outcome>> {
  if (stage.situation.mode !== 'execute' && wanted.kind === 'plan.execute') {
    return Promise.resolve(
      fail('mode', 'Plans run in mode execute only.', { hint: 'mode execute' }),
    );
  }
  switch (wanted.kind) {
    case 'plan.execute':
      return executePlan(stage, wanted.plan);
    case 'plan.rollback':
      return rollBackPlan(stage, wanted.plan, wanted.checkpoints);
    case 'plan.rehearse':
      return rehearsePlan(stage, wanted.plan);
    case 'run.rehearse':
      return rehearseRun(stage, wanted.run, wanted.rung);
    case 'eval.run':
      return runEvaluation(stage, wanted.evaluation);
    default:
      return wanted satisfies never;
  }
}
