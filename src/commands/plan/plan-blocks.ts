import { subjectOf, VERBS } from '../../core/plan/describe-action.ts';
import { reviewStep } from '../../core/plan/review-step.ts';
import { withRehearsal } from '../../core/run/rehearsal.ts';
import type {
  Block,
  Finding,
  Item,
  Mark,
  Plan,
  PlanRecord,
  Rehearsal,
  Severity,
  Step,
  StepState,
} from '../../core/types.ts';
import { RISKS } from '../../core/types.ts';
import type { Readers } from '../../ports.ts';
import { reviewSightOf } from './review-sight.ts';

/** A plan in a few lines: what happens to which file, what was found, and what can be done next. */
export function planBlocks(
  readers: Readers,
  plan: Plan,
  findings: readonly Finding[],
  states: readonly StepState[],
): readonly Block[] {
  return [
    { kind: 'heading', text: `Plan ${plan.id}  ${plan.goal}` },
    { kind: 'text', text: summaryOf(plan), tone: 'dim' },
    ...stepBlocks(readers, plan, states),
    ...findingBlocks(findings),
  ];
}

/** What to do with a plan that was just made. */
export const nextBlock = ({ id, hash }: Plan, isTerminal: boolean): Block => ({
  kind: 'text',
  text: isTerminal
    ? `/plan review ${id} looks at every change · /approve ${id} · /reject ${id}`
    : `plan diff ${id} shows every change · approve ${id} --hash ${hash.slice(0, 12)} · reject ${id}`,
  tone: 'dim',
});

/** That a plan has a new revision; what is in it was looked at. */
export const amendedBlock = (plan: Plan): Block => ({
  kind: 'text',
  text: `Plan ${plan.id} is amended: ${summaryOf(plan)}`,
});

function summaryOf({ steps, hash }: Plan): string {
  const paths = new Set(steps.flatMap(({ after }) => after.map(({ path }) => path)));
  const runs = steps.filter(
    ({ action }) => action.kind === 'shell.run' || action.kind === 'git.run',
  );
  const risk = RISKS[Math.max(0, ...steps.map((step) => RISKS.indexOf(step.risk)))] ?? 'none';
  const parts = [
    counted(steps.length, 'step'),
    counted(paths.size, 'path'),
    ...(runs.length > 0 ? [counted(runs.length, 'command')] : []),
    `${risk} risk`,
    `hash ${hash.slice(0, 12)}`,
  ];
  return parts.join(' · ');
}

const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** A screen is not the place for more; plan diff and the review have them all. */
const MOST_STEPS = 60;

function stepBlocks(readers: Readers, plan: Plan, states: readonly StepState[]): readonly Block[] {
  const shown = plan.steps.slice(0, MOST_STEPS);
  const stateOf = new Map(states.map((state) => [state.id, state]));
  const rows = shown.map((step) => [
    step.id,
    VERBS[step.action.kind],
    subjectOf(step.action),
    sizeOf(readers, plan, step),
    noteOf(step, stateOf.get(step.id)),
  ]);
  const left = plan.steps.length - shown.length;
  return [
    { kind: 'table', columns: ['', '', '', '', ''], rows },
    ...(left > 0 ? [{ kind: 'text', text: `… and ${left} more steps`, tone: 'dim' } as const] : []),
  ];
}

function sizeOf(readers: Readers, plan: Plan, step: Step): string {
  if (step.after.length === 0) return '';
  const reviews = reviewStep(reviewSightOf(readers, plan.id), plan, step.id);
  if (!reviews.ok) return '';
  const hunks = reviews.value.flatMap((review) => review.hunks);
  const put = hunks.reduce((sum, { afterLines }) => sum + afterLines.length, 0);
  const taken = hunks.reduce((sum, { beforeLines }) => sum + beforeLines.length, 0);
  return [put > 0 ? `+${put}` : '', taken > 0 ? `−${taken}` : ''].filter(Boolean).join(' ');
}

function noteOf({ risk, why, check, title, action }: Step, state: StepState | undefined): string {
  const isOwnTitle = title !== `${VERBS[action.kind]} ${subjectOf(action)}`;
  return [
    state === undefined || state.status === 'waiting' ? '' : state.status,
    risk === 'low' || risk === 'none' ? '' : `${risk} risk`,
    check ? 'check' : '',
    isOwnTitle ? title : why,
    state?.error?.message ?? '',
  ]
    .filter(Boolean)
    .join(' · ');
}

const MARKS: Readonly<Record<Severity, Mark>> = { info: 'none', warn: 'warn', error: 'fail' };
const MOST_FINDINGS = 30;

export function findingBlocks(findings: readonly Finding[]): readonly Block[] {
  if (findings.length === 0) return [];
  const items = findings
    .slice(0, MOST_FINDINGS)
    .map(({ severity, step, message, remedy }): Item => {
      const text = step === undefined ? message : `step ${step}: ${message}`;
      return { mark: MARKS[severity], text, ...(remedy === undefined ? {} : { remedy }) };
    });
  const left = findings.length - items.length;
  return [
    { kind: 'items', items },
    ...(left > 0 ? [{ kind: 'text', text: `… and ${left} more findings` } as const] : []),
  ];
}

export const recordBlocks = (readers: Readers, record: PlanRecord): readonly Block[] => [
  ...planBlocks(
    readers,
    withRehearsal(record.plan, record.rehearsal),
    record.findings,
    record.steps,
  ),
  ...rehearsalBlocks(record.rehearsal),
  {
    kind: 'fields',
    fields: [
      { name: 'status', value: record.status },
      { name: 'hash', value: record.plan.hash },
      { name: 'revision', value: String(record.revision) },
      ...record.history.slice(-MOST_NOTES).map(({ at, what, by, reason }) => ({
        name: at,
        value: `${what} by ${by}`,
        ...(reason === undefined ? {} : { note: reason }),
      })),
    ],
  },
];
const MOST_NOTES = 10;

/** What the last rehearsal of this revision saw. */
function rehearsalBlocks(rehearsal: Rehearsal | null): readonly Block[] {
  if (rehearsal === null) return [];
  const { at, ok, steps } = rehearsal;
  const items = steps.flatMap((step): readonly Item[] => {
    if (step.ran === null && step.ok) return [];
    const { ran, rung, changes, error } = step;
    const details = [
      ...(ran === null ? [] : [`exit ${ran.exitCode ?? ran.signal}`, `rung ${rung}`]),
      ...(changes.length === 0 ? [] : [`changed ${counted(changes.length, 'path')}`]),
      ...(error === undefined ? [] : [error.message]),
    ];
    return [
      { mark: step.ok ? 'ok' : 'fail', text: `step ${step.id}`, detail: details.join(' · ') },
    ];
  });
  const text = `Rehearsed at ${at}: ${ok ? 'it came out well' : 'it failed'}.`;
  return [
    { kind: 'text', text, tone: ok ? 'good' : 'bad' },
    ...(items.length === 0 ? [] : [{ kind: 'items', items } as const]),
  ];
}
