import { fail, ok } from '../result.ts';
import { nearest } from '../text/nearest.ts';
import type { DraftStep, PlanDraft, PlanOrigin, Result } from '../types.ts';
import { isRecord, type RecordOf, readAction } from './read-action.ts';

const MAX_STEPS = 20_000;

/**
 * A plan file, as it was parsed. What a plan is given by looking at the workspace (images, risk,
 * effects, hash) may stand in the file, since an exported plan holds it; it is found anew.
 */
export function readPlan(value: unknown, origin: PlanOrigin): Result<PlanDraft> {
  if (!isRecord(value)) return wrong('The plan is not a mapping with `goal` and `steps`.');
  const unknown = unknownKey(value, PLAN_KEYS, 'The plan');
  if (unknown !== null) return unknown;
  if (typeof value.goal !== 'string' || value.goal.trim() === '') {
    return wrong('`goal` must say in one line what the plan is for.');
  }
  if (!isTexts(value.open ?? [])) return wrong('`open` must be a list of texts.');
  if (!Array.isArray(value.steps)) return wrong('`steps` must be a list.');
  if (value.steps.length > MAX_STEPS) return wrong(`There are more than ${MAX_STEPS} steps.`);
  const steps: DraftStep[] = [];
  for (const [index, each] of value.steps.entries()) {
    const step = readStep(each, `steps[${index}]`);
    if (!step.ok) return step;
    steps.push(step.value);
  }
  const open = (value.open ?? []) as readonly string[];
  return ok({ goal: value.goal, origin, steps, open });
}

const PLAN_KEYS = ['goal', 'steps', 'open', 'id', 'hash', 'origin'];
const STEP_KEYS = ['id', 'title', 'action', 'why', 'dependsOn', 'check'];
const FOUND_KEYS = ['risk', 'before', 'after', 'effects', 'staged'];

function readStep(value: unknown, at: string): Result<DraftStep> {
  if (!isRecord(value)) return wrong(`${at} is not a mapping.`);
  const unknown = unknownKey(value, [...STEP_KEYS, ...FOUND_KEYS], at);
  if (unknown !== null) return unknown;
  const { id, title, why, dependsOn, check } = value;
  if (id !== undefined && !isId(id)) {
    return wrong(`${at}.id must be letters, digits, \`-\`, \`_\` or \`.\`, at most 40 of them.`);
  }
  if (!isMaybe('string', title)) return wrong(`${at}.title must be a text.`);
  if (!isMaybe('string', why)) return wrong(`${at}.why must be a text.`);
  if (!isMaybe('boolean', check)) return wrong(`${at}.check must be true or false.`);
  if (dependsOn !== undefined && !isIds(dependsOn)) {
    return wrong(`${at}.dependsOn must be a list of ids of steps.`);
  }
  const action = readAction(value.action, `${at}.action`);
  if (!action.ok) return action;
  const ids = dependsOn as readonly (string | number)[] | undefined;
  return ok({
    action: action.value,
    ...(id === undefined ? {} : { id: String(id) }),
    ...(title === undefined ? {} : { title: title as string }),
    ...(why === undefined ? {} : { why: why as string }),
    ...(check === undefined ? {} : { check: check as boolean }),
    ...(ids === undefined ? {} : { dependsOn: ids.map(String) }),
  });
}

/** YAML makes a number of `id: 1`. */
const isId = (value: unknown): boolean =>
  (typeof value === 'string' || Number.isSafeInteger(value)) &&
  /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,39}$/.test(String(value));
const isIds = (value: unknown): boolean => Array.isArray(value) && value.every(isId);
const isTexts = (value: unknown): boolean =>
  Array.isArray(value) && value.every((each) => typeof each === 'string');
const isMaybe = (type: 'string' | 'boolean', value: unknown): boolean =>
  value === undefined || typeof value === type;

function unknownKey(value: RecordOf, known: readonly string[], at: string): Result<never> | null {
  const key = Object.keys(value).find((each) => !known.includes(each));
  if (key === undefined) return null;
  const near = nearest(key, known);
  return fail('invalid', `${at} has a key "${key}" that is not known.`, {
    hint: near === undefined ? `Known are ${known.join(', ')}.` : `${near} was meant?`,
  });
}

const wrong = (message: string) =>
  fail('invalid', message, { hint: 'docs/plans.md shows a plan file.' });
