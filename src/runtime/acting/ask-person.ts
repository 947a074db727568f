import { VERBS } from '../../core/plan/describe-action.ts';
import { fail, ok } from '../../core/result.ts';
import type { Approval, Failure, Result, Step, StepState } from '../../core/types.ts';
import type { Stage } from './stage.ts';

/** What asks was answered by whoever approved it or tries it; what is denied nobody can allow. */
export function isAllowed(
  { readers, situation }: Pick<Stage, 'readers' | 'situation'>,
  step: Step,
): Result<void> {
  const decided = readers.policy.decide(step.action, { ...situation, mode: 'execute' });
  if (!decided.ok) return decided;
  if (decided.value.verdict !== 'deny') return ok(undefined);
  const [first] = decided.value.because;
  return fail('denied', `Step ${step.id} is denied by policy: ${first?.reason ?? step.title}`, {
    hint: 'policy explain tells by which rule.',
  });
}

/** High and critical steps ask again at their turn; what is critical wants a typed word. */
export async function askAboutStep(
  stage: Stage,
  step: Step,
  approval: Approval,
): Promise<Result<void>> {
  const isCritical = step.risk === 'critical';
  const text = `Step ${step.id} is of ${step.risk} risk: ${step.title}`;
  const word = VERBS[step.action.kind];
  const answer = await (isCritical
    ? stage.ask({ kind: 'word', text: `${text}. Type ${word} to do it.`, word })
    : stage.ask({
        kind: 'choice',
        text,
        choices: [
          { key: 'y', label: 'do it' },
          { key: 'n', label: 'stop here' },
        ],
      }));
  if (answer === (isCritical ? word : 'y')) return ok(undefined);
  // Without a person at the screen, naming the step is the second word.
  if (answer === null && approval.isNamed && !stage.hasPerson) return ok(undefined);
  return fail('needs-approval', `Step ${step.id} was not agreed to at its turn: ${step.title}.`, {
    hint: `Without a terminal, name it: approve ${approval.plan} --steps ${approval.steps.join(',')}`,
  });
}

export type AfterFailure = 'fix' | 'retry' | 'skip' | 'rollback' | 'keep';

/**
 * A failed step stops the plan; only a person can say that it goes on. What a program failed at can be
 * given to a model, where one may be there.
 */
export async function askAfterFailure(
  stage: Stage,
  step: Step,
  failure: Failure,
  states: ReadonlyMap<string, StepState>,
): Promise<AfterFailure> {
  if (stage.signal.aborted) return 'keep';
  const done = [...states.values()].filter(({ status }) => status === 'done').map(({ id }) => id);
  const soFar = done.length === 0 ? 'Nothing was done.' : `Done: ${listed(done)}.`;
  const isFixable = stage.mayHaveModel() && states.get(step.id)?.exitCode !== undefined;
  const answer = await stage.ask({
    kind: 'choice',
    text: `${sayFailed(step, failure)} ${soFar}`,
    choices: [
      ...(isFixable ? [FIX] : []),
      { key: 't', label: 'retry' },
      { key: 's', label: 'skip it' },
      { key: 'b', label: 'roll back' },
      { key: 'k', label: 'keep what is done' },
    ],
  });
  return ANSWERS[answer ?? 'k'] ?? 'keep';
}

/** Most failures name their step themselves. */
const sayFailed = ({ id }: Step, { message }: Failure): string =>
  message.startsWith(`Step ${id} `) ? message : `Step ${id} failed: ${message}`;

const FIX = { key: 'f', label: 'fix: keep what is done, and let a model plan a repair' } as const;

const ANSWERS: Readonly<Record<string, AfterFailure>> = {
  f: 'fix',
  t: 'retry',
  s: 'skip',
  b: 'rollback',
  k: 'keep',
};

const MOST_LISTED = 8;
const listed = (ids: readonly string[]): string =>
  ids.length <= MOST_LISTED
    ? ids.join(', ')
    : `${ids.slice(0, MOST_LISTED).join(', ')} and ${ids.length - MOST_LISTED} more`;
