import { optionName } from '../commands/usage.ts';
import { fail, ok } from '../result.ts';
import type { ArgValues, Json, Result } from '../types.ts';
import type { Layer, LayerValue } from './merge.ts';
import { ALL_SETTINGS, type SettingSpec } from './settings.ts';
import { checkValue, parseValue } from './values.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** What the variables of TinyCode itself say. An empty variable says nothing. */
export function readEnvironment(env: Environment): Result<Layer> {
  return readVariables(env, (spec) => [{ env: spec.env }]);
}

/** What the variables say that all programs share. */
export function readConventions(env: Environment): Result<Layer> {
  return readVariables(env, (spec) => spec.conventions ?? []);
}

/** What the global options of this run say, by their names. */
export function readFlags(globals: ArgValues): Result<Layer> {
  const values = new Map<string, LayerValue>();
  for (const spec of ALL_SETTINGS) {
    const given = spec.flag ? globals[spec.flag.option] : undefined;
    if (!spec.flag || given === undefined || given === false) continue;
    const from = optionName(spec.flag.option);
    const value = checkValue(spec, spec.flag.means ?? (typeof given === 'object' ? null : given));
    if (!value.ok) return fail('usage', `${from}: ${value.error.message}`, hintOf(value));
    values.set(spec.key, { value: value.value, from });
  }
  return ok({ source: 'flag', isTrusted: true, values });
}

type Variable = { readonly env: string; readonly means?: Json };

function readVariables(
  env: Environment,
  variablesOf: (spec: SettingSpec) => readonly Variable[],
): Result<Layer> {
  const values = new Map<string, LayerValue>();
  for (const spec of ALL_SETTINGS) {
    const variable = variablesOf(spec).find((candidate) => env[candidate.env]);
    if (!variable) continue;
    const text = env[variable.env] ?? '';
    const value = variable.means === undefined ? parseValue(spec, text) : ok(variable.means);
    if (!value.ok) {
      return fail(
        'invalid',
        `The environment variable ${variable.env} does not hold: ${value.error.message}`,
        hintOf(value),
      );
    }
    values.set(spec.key, { value: value.value, from: variable.env });
  }
  return ok({ source: 'environment', isTrusted: true, values });
}

const hintOf = (result: { readonly error: { readonly hint?: string } }): { hint?: string } =>
  result.error.hint ? { hint: result.error.hint } : {};
