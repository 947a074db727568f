import { failModel } from '../../core/models/trouble.ts';
import { ok } from '../../core/result.ts';
import type { Json, LoadedModel, Result } from '../../core/types.ts';
import { ANSWER_MS, askJson, NOT_OLLAMA } from './ask-json.ts';
import type { OllamaHost } from './host.ts';
import { memberOf, numberIn, textIn, textsIn } from './json-members.ts';
import type { Wire } from './wire.ts';

export type InstalledModel = {
  readonly name: string;
  readonly digest: string;
  readonly sizeBytes: number;
  readonly family: string;
  readonly parameters: string;
  readonly quantization: string;
  /** The server passes its prompts on to another machine. */
  readonly isRemote: boolean;
  /** It makes vectors and cannot talk. */
  readonly isEmbedding: boolean;
};

/** The models that the server has, in its own order: the newest first. */
export async function listInstalled(
  wire: Wire,
  host: OllamaHost,
  signal: AbortSignal,
  timeoutMs: number = ANSWER_MS,
): Promise<Result<readonly InstalledModel[]>> {
  const answer = await askList(wire, host, '/api/tags', timeoutMs, signal);
  return answer.ok ? ok(answer.value.flatMap(installedFrom)) : answer;
}

export type Running = LoadedModel & { readonly name: string };

/** Those of them that are loaded. One whose weights are another's as well may have its name. */
export async function listLoaded(
  wire: Wire,
  host: OllamaHost,
  signal: AbortSignal,
  timeoutMs: number = ANSWER_MS,
): Promise<Result<readonly Running[]>> {
  const answer = await askList(wire, host, '/api/ps', timeoutMs, signal);
  return answer.ok ? ok(answer.value.flatMap(runningFrom)) : answer;
}

async function askList(
  wire: Wire,
  host: OllamaHost,
  path: string,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<Result<readonly Json[]>> {
  const answer = await askJson(wire, host, { method: 'GET', path }, { timeoutMs }, signal);
  if (!answer.ok) return answer;
  const models = memberOf(answer.value, 'models');
  if (Array.isArray(models)) return ok(models);
  // A list without entries is null in some releases.
  if (models === null) return ok([]);
  return failModel('not-ollama', `What answers at ${host.name} lists no models.`, {
    hint: NOT_OLLAMA,
  });
}

function installedFrom(entry: Json): readonly InstalledModel[] {
  const name = textIn(entry, 'name') || textIn(entry, 'model');
  if (name === '') return [];
  const details = memberOf(entry, 'details');
  return [
    {
      name,
      digest: textIn(entry, 'digest'),
      sizeBytes: numberIn(entry, 'size'),
      family: textIn(details, 'family'),
      parameters: textIn(details, 'parameter_size'),
      quantization: textIn(details, 'quantization_level'),
      isRemote: isRemoteIn(entry),
      isEmbedding: textsIn(details, 'families').some((family) => /bert/.test(family)),
    },
  ];
}

export const isRemoteIn = (entry: Json): boolean =>
  [memberOf(entry, 'remote_host'), memberOf(entry, 'remote_model')].some(Boolean);

function runningFrom(entry: Json): readonly Running[] {
  const name = textIn(entry, 'name') || textIn(entry, 'model');
  if (name === '') return [];
  return [
    {
      name,
      contextTokens: numberIn(entry, 'context_length'),
      bytes: numberIn(entry, 'size'),
      vramBytes: numberIn(entry, 'size_vram'),
      expiresAt: textIn(entry, 'expires_at'),
    },
  ];
}
