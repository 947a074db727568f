import { fail, ok } from '../result.ts';
import type { ArgSpec, ArgValue, ArgValues, CommandCard, Result } from '../types.ts';

/** Values that come as values and not as words: they pass where words for them would. */
export function checkValues(card: CommandCard, values: ArgValues): Result<ArgValues> {
  const unknown = Object.keys(values).find((name) => card.args[name] === undefined);
  if (unknown !== undefined) return fail('usage', `${card.name} knows no ${unknown}.`);
  const checked: Record<string, ArgValue> = {};
  for (const [name, spec] of Object.entries(card.args)) {
    const value = values[name] ?? EMPTY[spec.kind];
    const isMissing = value === undefined || (Array.isArray(value) && value.length === 0);
    if (spec.isRequired && isMissing) return fail('usage', `${card.name} wants ${name}.`);
    const wrong = value === undefined ? null : findWrong(spec, value);
    if (wrong !== null) return fail('usage', `${name} of ${card.name} is ${wrong}.`);
    checked[name] = value;
  }
  return ok(checked);
}

const EMPTY: Readonly<Record<ArgSpec['kind'], ArgValue>> = {
  flag: false,
  rest: [],
  option: undefined,
  positional: undefined,
};

/** What it should be, where it is something else. */
function findWrong(spec: ArgSpec, value: NonNullable<ArgValue>): string | null {
  if (spec.kind === 'flag') return typeof value === 'boolean' ? null : 'true or false';
  if (spec.kind === 'rest') return Array.isArray(value) ? null : 'a list of words';
  if (spec.type !== 'integer') {
    if (typeof value !== 'string') return 'a text';
    const { choices } = spec;
    return choices === undefined || choices.includes(value) ? null : `one of ${choices.join(', ')}`;
  }
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) return 'a whole number';
  if (spec.min !== undefined && value < spec.min) return `${spec.min} or more`;
  return spec.max !== undefined && value > spec.max ? `${spec.max} or less` : null;
}
