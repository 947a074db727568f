import { fail, ok } from '../../core/result.ts';
import { isGenuineRehearsal } from '../../core/run/rehearsal.ts';
import type {
  Approval,
  CheckpointEntry,
  PlanRecord,
  RehearsedStep,
  Result,
  Step,
} from '../../core/types.ts';
import type { Made } from './accept-changes.ts';
import type { Ran } from './run-in-view.ts';
import type { Stage } from './stage.ts';

/** What an approved rehearsal saw of a step. */
export type Rehearsed = {
  readonly step: RehearsedStep;
  readonly made: Made;
  /** Nothing in the workspace has changed since, so its very changes can be taken. */
  readonly isStill: boolean;
};
export type RehearsedSteps = ReadonlyMap<string, Rehearsed>;

/** The steps of the rehearsal that the approval names, if that is the one that is kept. */
export async function rehearsedSteps(
  { readers, signal }: Pick<Stage, 'readers' | 'signal'>,
  { plan, rehearsal }: PlanRecord,
  approval: Approval,
): Promise<Result<RehearsedSteps>> {
  if (approval.rehearsal === undefined) return ok(new Map());
  const isKept =
    rehearsal?.hash === approval.rehearsal && isGenuineRehearsal(readers.hashing, rehearsal);
  if (!isKept || rehearsal === null) {
    return fail(
      'changed',
      `The rehearsal of plan ${plan.id} that was approved is not there any more.`,
      {
        hint: `Rehearse it again (plan rehearse ${plan.id}), or approve it again as it is.`,
      },
    );
  }
  const stamp = rehearsal.stamp === null ? ok(null) : await readers.tree.stamp(signal);
  if (!stamp.ok) return stamp;
  const isStill = stamp.value !== null && stamp.value === rehearsal.stamp;
  const bytes = (hash: string) => readers.plans.rehearsed(plan.id, hash);
  const programs = rehearsal.steps.filter(({ ran }) => ran !== null);
  return ok(
    new Map(
      programs.map((step) => [step.id, { step, made: { changes: step.changes, bytes }, isStill }]),
    ),
  );
}

/** A program that ran again and did the very same as it did when it was rehearsed. */
export const isAsRehearsed = (
  rehearsed: Rehearsed | null,
  changes: readonly CheckpointEntry[],
): boolean =>
  rehearsed !== null && JSON.stringify(rehearsed.step.changes) === JSON.stringify(changes);

export function rehearsedStep(step: Pick<Step, 'id'>, ran: Ran): RehearsedStep {
  const { exitCode, signal, limits, tookMs, stdout, stderr } = ran.end;
  const told = { exitCode, signal, limits, tookMs: Math.round(tookMs) };
  const streams = {
    stdout: stdout.slice(-KEPT_CHARACTERS),
    stderr: stderr.slice(-KEPT_CHARACTERS),
  };
  return {
    id: step.id,
    ok: true,
    rung: ran.rung,
    ran: { ...told, ...streams },
    changes: ran.changes,
  };
}

const KEPT_CHARACTERS = 20_000;
