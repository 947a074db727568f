import { type Order, orderOf } from '../../core/author/order.ts';
import { subjectOf } from '../../core/plan/describe-action.ts';
import { fail, ok } from '../../core/result.ts';
import type { JsonObject, Plan, Result, Step, StepState } from '../../core/types.ts';
import type { Readers } from '../../ports.ts';

/** What the latest plan failed at, as an order to repair it: what the program said goes along as data. */
export function findFailedCheck({ plans, audit, images }: Readers): Result<Order> {
  const found = plans.find('latest');
  if (!found.ok) return found.error.code === 'not-found' ? nothingFailed() : found;
  const { plan, steps } = found.value;
  const state = steps.find(({ status, exitCode }) => status === 'failed' && exitCode !== undefined);
  const step = plan.steps.find(({ id }) => id === state?.id);
  if (state === undefined || step === undefined) return nothingFailed();
  const records = audit.list({ action: 'step.failed', last: MOST_RECORDS });
  if (!records.ok) return records;
  const record = records.value.findLast(
    ({ details }) => details.plan === plan.id && details.step === step.id,
  );
  const command = subjectOf(step.action);
  return ok(
    orderOf('fix', `Make “${command}” succeed; it failed after this: ${plan.goal}`, {
      paths: filesOf(plan).filter((path) => {
        const image = images.look(path);
        return image.ok && image.value.kind === 'file';
      }),
      evidence: {
        title: `The end of what “${command}” said${endOf(state)}`,
        text: outputOf(record?.details, step),
      },
    }),
  );
}

const MOST_RECORDS = 200;
const MOST_FILES = 8;

const nothingFailed = () =>
  fail('usage', 'The latest plan did not fail at a program.', {
    hint: 'Say what is wrong: fix TEXT',
  });

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
