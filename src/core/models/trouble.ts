import { fail } from '../result.ts';
import { type Failure, type JsonObject, MODEL_TROUBLES, type ModelTrouble } from '../types.ts';

/** A failure of a model or of its server. `data.trouble` says which way. */
export const failModel = (
  trouble: ModelTrouble,
  message: string,
  more: { readonly hint?: string; readonly data?: JsonObject; readonly cause?: unknown } = {},
): { readonly ok: false; readonly error: Failure } =>
  fail('model', message, { ...more, data: { ...more.data, trouble } });

export function troubleOf(failure: Failure): ModelTrouble | undefined {
  const { data } = failure;
  if (failure.code !== 'model' || typeof data !== 'object' || data === null) return undefined;
  const name = 'trouble' in data ? data.trouble : undefined;
  return MODEL_TROUBLES.find((trouble) => trouble === name);
}
