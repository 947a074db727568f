import { subjectOf, VERBS } from '../../core/plan/describe-action.ts';
import type { Plan, PlanStatus, Step, StepState } from '../../core/types.ts';
import type { Stage } from './stage.ts';

/** Plans with more steps than this tell of failures and of the end only. */
const MOST_SHOWN = 40;
const SHORT_ID = 12;

export function showStep(
  { show }: Stage,
  plan: Plan,
  chosen: readonly Step[],
  { id, status, checkpoint, exitCode, commit, error }: StepState,
): void {
  if (chosen.length > MOST_SHOWN && status === 'done') return;
  const step = plan.steps.find((each) => each.id === id);
  const details = [
    ...(checkpoint === undefined ? [] : [`checkpoint ${checkpoint}`]),
    ...(exitCode === undefined ? [] : [`exit ${exitCode}`]),
    ...(commit === undefined ? [] : [`commit ${commit.id.slice(0, SHORT_ID)}`]),
    ...(error === undefined || isSaid(error.message, exitCode) ? [] : [error.message]),
  ];
  const mark = status === 'done' ? 'ok' : status === 'failed' ? 'fail' : 'none';
  const what = step ? `${VERBS[step.action.kind]}  ${subjectOf(step.action)}` : '';
  const text = `${id}  ${what}`;
  const detail = details.length === 0 ? {} : { detail: details.join(' · ') };
  show({ kind: 'items', items: [{ mark, text, ...detail }] });
}

/** The exit code stands there by itself. */
const isSaid = (message: string, exitCode: number | undefined): boolean =>
  exitCode !== undefined && message.endsWith(`ended with exit ${exitCode}.`);

export function showEnd(
  { show, hasPerson }: Stage,
  plan: Plan,
  status: PlanStatus,
  states: readonly StepState[],
  isBeingFixed: boolean,
): void {
  const count = (wanted: StepState['status']) =>
    states.filter((state) => state.status === wanted).length;
  const done = `${count('done')} of ${states.length} steps done`;
  const slash = hasPerson ? '/' : '';
  const undone = count('done') > 0 ? `  ${slash}rollback ${plan.id} takes it back.` : '';
  const hasFailedProgram = states.some(
    (state) => state.status === 'failed' && state.exitCode !== undefined,
  );
  const mended = hasFailedProgram && !isBeingFixed ? ` ${slash}fix asks a model for a repair.` : '';
  const tone = status === 'done' ? 'good' : 'bad';
  show({ kind: 'text', text: `Plan ${plan.id} ${status}: ${done}.${undone}${mended}`, tone });
}
