import { EDIT_FORMS, type EditForm, type ModelHabit, type Score, TOOL_MODES } from '../types.ts';

/** What was learned of a model, as it was kept; null where it cannot be understood. */
export function readHabit(text: string): ModelHabit | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  return isHabit(value) ? value : null;
}

type Fields = { readonly [name: string]: unknown };

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isCount = (value: unknown): boolean =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0;
const isCountOrNull = (value: unknown): boolean => value === null || isCount(value);

function isHabit(value: unknown): value is ModelHabit {
  if (!isObject(value)) return false;
  const { digest, name, testedAt, toolMode, hasSchema, form, forms, isWhole } = value;
  const counts = ['contextTokens', 'readTokensPerSecond', 'writeTokensPerSecond', 'loadMs'];
  return (
    [digest, name, testedAt].every((each) => typeof each === 'string' && each !== '') &&
    (toolMode === null || TOOL_MODES.some((mode) => mode === toolMode)) &&
    (hasSchema === null || typeof hasSchema === 'boolean') &&
    typeof isWhole === 'boolean' &&
    counts.every((key) => isCountOrNull(value[key])) &&
    isObject(form) &&
    isCount(form.wholeTokens) &&
    BEYOND.some((each) => each === form.beyond) &&
    isObject(forms) &&
    EDIT_FORMS.every((each) => isScore(forms[each]))
  );
}

const BEYOND: readonly EditForm[] = EDIT_FORMS.filter((form) => form !== 'whole');

const isScore = (value: unknown): value is Score =>
  isObject(value) &&
  isCount(value.right) &&
  isCount(value.of) &&
  (value.right as number) <= (value.of as number);
