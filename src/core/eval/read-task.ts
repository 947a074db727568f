import { fail, ok } from '../result.ts';
import { STEP_LIMITS } from '../run/limits.ts';
import { EVAL_COMMANDS, type EvalTask, type Result, type StepLimits } from '../types.ts';

/** What a task's file says, checked: a task that cannot be right is told of before anything runs. */
export function readTask(id: string, folder: string, document: unknown): Result<EvalTask> {
  const refuse = (why: string) =>
    fail('invalid', `The task ${id} is not right: ${why}`, {
      hint: 'docs/eval.md says what a task is.',
    });
  if (!ID.test(id)) return refuse('its folder needs a name of a-z, 0-9 and -, of 22 at most.');
  if (typeof document !== 'object' || document === null || Array.isArray(document)) {
    return refuse('task.yaml holds no fields.');
  }
  const fields = document as Readonly<Record<string, unknown>>;
  const odd = Object.keys(fields).find((name) => !FIELDS.includes(name));
  if (odd !== undefined) return refuse(`there is no field ${odd}.`);
  const { language, request, check, keep = [], needs = [], limits = {} } = fields;
  const command = EVAL_COMMANDS.find((each) => each === (fields.command ?? 'plan'));
  if (command === undefined) return refuse(`command is one of ${EVAL_COMMANDS.join(', ')}.`);
  if (!isText(language) || !/^[a-z0-9+#-]{1,10}$/.test(language)) {
    return refuse('language is a short word such as python.');
  }
  if (!isText(request) || request.trim().startsWith('-')) return refuse('request is missing.');
  if (!isWords(check) || check.length === 0) return refuse('check is a list of words to run.');
  if (!isWords(keep) || keep.some((path) => !INSIDE.test(path))) {
    return refuse('keep is a list of paths in the workspace.');
  }
  if (!isWords(needs) || needs.some((name) => name.includes('/'))) {
    return refuse('needs is a list of names of programs.');
  }
  if (!isLimits(limits)) return refuse(`limits are whole numbers: ${STEP_LIMITS.join(', ')}.`);
  const words = request.trim().replace(/\s+/g, ' ');
  return ok({ id, folder, language, command, request: words, check, limits, keep, needs });
}

const FIELDS = ['language', 'command', 'request', 'check', 'keep', 'needs', 'limits'];
const ID = /^[a-z0-9][a-z0-9-]{0,21}$/;
/** No way up, none from the root. */
const INSIDE = /^(?!\/)(?!(.*\/)?\.\.(\/|$)).+$/;

const isText = (value: unknown): value is string =>
  typeof value === 'string' && value.trim() !== '';

const isWords = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((word) => isText(word) && !word.includes('\0'));

const isLimits = (value: unknown): value is StepLimits =>
  typeof value === 'object' &&
  value !== null &&
  Object.entries(value).every(
    ([name, amount]) =>
      STEP_LIMITS.some((known) => known === name) && Number.isInteger(amount) && amount > 0,
  );
