import { fail, ok } from '../../core/result.ts';
import type { Json, Result } from '../../core/types.ts';
import { getJson } from './get-json.ts';
import type { OllamaHost } from './host.ts';

export type InstalledModel = {
  readonly name: string;
  /** The server passes its prompts on to another machine. */
  readonly isRemote: boolean;
  /** It makes vectors and cannot talk. */
  readonly isEmbedding: boolean;
};

export const ANSWER_MS = 1500;

/** The models that the server has, in its own order: the newest first. */
export async function listModels(
  host: OllamaHost,
  signal: AbortSignal,
): Promise<Result<readonly InstalledModel[]>> {
  const answer = await getJson(host, '/api/tags', ANSWER_MS, signal);
  if (!answer.ok) return answer;
  const models = member(answer.value, 'models');
  if (!Array.isArray(models)) {
    return fail('model', `What answers at ${host.name} lists no models.`, {
      hint: 'Check OLLAMA_HOST: is it Ollama that runs there?',
    });
  }
  return ok(models.flatMap(modelFrom));
}

/** `llama3` and `llama3:latest` are the same model. */
export const isSameModel = (a: string, b: string): boolean => withTag(a) === withTag(b);

const withTag = (name: string): string =>
  (name.slice(name.lastIndexOf('/') + 1).includes(':') ? name : `${name}:latest`).toLowerCase();

function modelFrom(entry: Json): readonly InstalledModel[] {
  const name = member(entry, 'name') ?? member(entry, 'model');
  if (typeof name !== 'string' || name === '') return [];
  const isRemote = [member(entry, 'remote_host'), member(entry, 'remote_model')].some(Boolean);
  const families = member(member(entry, 'details') ?? null, 'families');
  const isEmbedding =
    Array.isArray(families) && families.some((family) => /bert/.test(`${family}`));
  return [{ name, isRemote, isEmbedding }];
}

const member = (value: Json, name: string): Json | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as { readonly [key: string]: Json })[name]
    : undefined;
