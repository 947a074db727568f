import { type Order, orderOf } from '../../core/author/order.ts';
import { subjectOf } from '../../core/plan/describe-action.ts';
import { fail, ok } from '../../core/result.ts';
import type { JsonObject, Plan, Result, Step, StepState } from '../../core/types.ts';
import type { Readers } from '../../ports.ts';

export type FailedCheck = { readonly order: Order; readonly step: Step };

/**
 * What a plan failed at, as an order to repair it: what the program said goes along as data. Without
 * an id it is the plan that ran last, whatever was proposed since.
 */
export function findFailedCheck(readers: Readers, id?: string): Result<FailedCheck> {
  const { plans, audit, images } = readers;
  const found = plans.find(id ?? lastRun(readers) ?? 'latest');
  if (!found.ok) {
    return id === undefined && found.error.code === 'not-found' ? nothingFailed(id) : found;
  }
  const { plan, steps } = found.value;
  const state = steps.find(({ status, exitCode }) => status === 'failed' && exitCode !== undefined);
  const step = plan.steps.find(({ id }) => id === state?.id);
  if (state === undefined || step === undefined) return nothingFailed(id);
  const records = audit.list({ action: 'step.failed', last: MOST_RECORDS });
  if (!records.ok) return records;
  const record = records.value.findLast(
    ({ details }) => details.plan === plan.id && details.step === step.id,
  );
  const command = subjectOf(step.action);
  const order = orderOf(
    'fix',
    `${LEAD}${command}” succeed, at which plan ${plan.id} failed: ${wishOf(plan)}`,
    {
      paths: filesOf(plan).filter((path) => {
        const image = images.look(path);
        return image.ok && image.value.kind === 'file';
      }),
      evidence: {
        title: `The end of what “${command}” said${endOf(state)}`,
        text: outputOf(record?.details, step),
      },
    },
  );
  return ok({ order, step });
}

const MOST_RECORDS = 200;
const MOST_FILES = 8;

const nothingFailed = (id: string | undefined) =>
  fail(
    'usage',
    `${id === undefined ? 'The plan that ran last' : `Plan ${id}`} did not fail at a program.`,
    {
      hint: 'Say what is wrong: fix TEXT',
    },
  );

function lastRun({ audit }: Readers): string | null {
  const started = audit.list({ action: 'plan.started', last: 1 });
  const plan = started.ok ? started.value[0]?.details.plan : undefined;
  return typeof plan === 'string' ? plan : null;
}

const LEAD = 'Make “';
const REPAIR = /^Make “.*?” succeed, at which plan \S+ failed: /;

/** Of a repair that failed itself, what was wanted in the first place. */
const wishOf = ({ goal }: Plan): string => goal.replace(REPAIR, '');

const filesOf = ({ steps }: Plan): readonly string[] =>
  [
    ...new Set(
      steps.flatMap(({ action }) =>
        action.kind === 'file.write' || action.kind === 'file.edit' ? [action.path] : [],
      ),
    ),
  ].slice(0, MOST_FILES);

const endOf = ({ exitCode }: StepState): string =>
  exitCode === undefined ? '' : `, which ended with exit ${exitCode}`;

const outputOf = (details: JsonObject | undefined, { title }: Step): string => {
  const output = details?.output;
  return typeof output === 'string' && output.trim() !== '' ? output : `(${title} said nothing.)`;
};
