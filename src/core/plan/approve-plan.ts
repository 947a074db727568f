import { fail, ok } from '../result.ts';
import type {
  Approval,
  Finding,
  Level,
  Plan,
  PlanRecord,
  Rehearsal,
  Result,
  Step,
} from '../types.ts';

/** What a person wants approved; without `steps`, all that may be approved at once. */
export type Wanted = {
  readonly steps?: readonly string[];
  readonly hash?: string;
  /** The hash of the rehearsal that was looked at, or its beginning; `none` where there was none. */
  readonly rehearsal?: string;
};
export type Approving = {
  readonly by: string;
  readonly now: Date;
  readonly policyVersion: string;
  readonly level: Level;
  /** What programs would run in; null where the plan runs none. */
  readonly cage: Approval['cage'];
};

/** An approval lasts so long; then the person is asked again. */
const APPROVAL_MS = 60 * 60 * 1000;

export function approvePlan(
  { plan, findings, status, steps: states, rehearsal }: PlanRecord,
  wanted: Wanted,
  { by, now, policyVersion, level, cage }: Approving,
): Result<Approval> {
  if (wanted.hash !== undefined && !isHashOf(plan, wanted.hash)) {
    return fail('changed', `Plan ${plan.id} has the hash ${plan.hash}, not ${wanted.hash}.`, {
      hint: 'It was changed since you looked; plan show shows it as it is.',
    });
  }
  if (wanted.rehearsal !== undefined && !isSeen(rehearsal, wanted.rehearsal)) {
    return fail('changed', `Plan ${plan.id} was rehearsed since you looked at it.`, {
      hint: 'Look at what was seen, then approve it.',
    });
  }
  if (status === 'running') return fail('busy', `Plan ${plan.id} is running.`);
  const done = new Set(states.flatMap((state) => (state.status === 'done' ? [state.id] : [])));
  const chosen = chooseSteps(plan, findings, wanted.steps, done);
  if (!chosen.ok) return chosen;
  const expiresAt = new Date(now.getTime() + APPROVAL_MS).toISOString();
  return ok({
    plan: plan.id,
    planHash: plan.hash,
    steps: chosen.value.map(({ id }) => id),
    by,
    at: now.toISOString(),
    expiresAt,
    policyVersion,
    level,
    isNamed: wanted.steps !== undefined,
    cage,
    ...(serves(rehearsal, chosen.value) ? { rehearsal: rehearsal.hash } : {}),
  });
}

const isSeen = (rehearsal: Rehearsal | null, given: string): boolean =>
  rehearsal === null
    ? given === 'none'
    : given.length >= SHORTEST_HASH && rehearsal.hash.startsWith(given.toLowerCase());

/** A rehearsal that came out well, of no steps but those that are to be done now. */
const serves = (rehearsal: Rehearsal | null, chosen: readonly Step[]): rehearsal is Rehearsal =>
  rehearsal?.ok === true &&
  rehearsal.steps.every(({ id }) => chosen.some((step) => step.id === id));

/** A beginning is enough where it cannot be mistaken. */
const isHashOf = ({ hash }: Plan, given: string): boolean =>
  given.length >= SHORTEST_HASH && hash.startsWith(given.toLowerCase());
const SHORTEST_HASH = 8;

function chooseSteps(
  plan: Plan,
  findings: readonly Finding[],
  named: readonly string[] | undefined,
  done: ReadonlySet<string>,
): Result<readonly Step[]> {
  const broken = findings.find(({ severity, step }) => severity === 'error' && step === undefined);
  if (broken !== undefined) return fail('denied', broken.message, hintOf(broken));
  const unknown = named?.find((id) => plan.steps.every((step) => step.id !== id));
  if (unknown !== undefined) {
    return fail('usage', `Plan ${plan.id} has no step ${unknown}.`, {
      hint: `Its steps are ${plan.steps.map(({ id }) => id).join(', ')}.`,
    });
  }
  const chosen = plan.steps.filter(({ id }) => named?.includes(id) ?? !done.has(id));
  if (chosen.length === 0) {
    return fail('usage', `All steps of plan ${plan.id} are done.`, {
      hint: `rollback ${plan.id} takes them back.`,
    });
  }
  const ids = new Set(chosen.map(({ id }) => id));
  for (const step of chosen) {
    const error = findings.find((each) => each.severity === 'error' && each.step === step.id);
    if (error !== undefined) {
      return fail(
        codeOf(error),
        `Step ${step.id} cannot be approved: ${error.message}`,
        hintOf(error),
      );
    }
    const missing = step.dependsOn.find((id) => !ids.has(id) && !done.has(id));
    if (missing !== undefined) {
      return fail('usage', `Step ${step.id} needs step ${missing}, which would be left out.`, {
        hint: `Approve both, or leave ${step.id} out as well.`,
      });
    }
    if (step.risk === 'critical' && named === undefined) {
      return fail('needs-approval', `Step ${step.id} is critical: ${step.title}.`, {
        hint: `What is critical has to be named: approve ${plan.id} --steps ${[...ids].join(',')}`,
      });
    }
  }
  return ok(chosen);
}

const hintOf = ({ remedy }: Finding) => (remedy === undefined ? {} : { hint: remedy });
const codeOf = ({ code }: Finding) =>
  code === 'changed' || code === 'denied' || code === 'unavailable' ? code : 'denied';

/** Whether an approval still holds for the plan as it is and the rules in force. */
export function checkApproval(
  plan: Plan,
  approval: Approval | null,
  now: Date,
  policyVersion: string,
  level: Level,
): Result<Approval> {
  if (approval === null) {
    return fail('needs-approval', `Plan ${plan.id} is not approved.`, {
      hint: `Look at it with plan show ${plan.id}, then: approve ${plan.id} --hash ${plan.hash.slice(0, 12)}`,
    });
  }
  const again = { hint: `Look at it again, then: approve ${plan.id}` };
  if (approval.planHash !== plan.hash) {
    return fail('changed', `Plan ${plan.id} was changed after it was approved.`, again);
  }
  if (approval.policyVersion !== policyVersion || approval.level !== level) {
    return fail(
      'changed',
      `The rules or the level changed after plan ${plan.id} was approved.`,
      again,
    );
  }
  const at = now.getTime();
  if (!(at < Date.parse(approval.expiresAt)) || at < Date.parse(approval.at) - CLOCK_SLACK_MS) {
    return fail('needs-approval', `The approval of plan ${plan.id} has expired.`, again);
  }
  return ok(approval);
}

/** A clock that goes back further than this makes an approval last too long. */
const CLOCK_SLACK_MS = 60_000;
