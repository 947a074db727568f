import { isCloudName, isSameModel } from '../../core/models/names.ts';
import { ok } from '../../core/result.ts';
import type { LoadedModel, ModelCard, Result } from '../../core/types.ts';
import type { ClientParts } from './client-parts.ts';
import type { InstalledModel } from './installed.ts';
import type { Survey } from './pool.ts';

const MAX_MODELS = 500;
const AT_ONCE = 4;

/** All models of all hosts that answer, with what stands in their files. */
export async function listCards(
  parts: ClientParts,
  signal: AbortSignal,
): Promise<Result<readonly ModelCard[]>> {
  const surveys = await parts.pool.survey(signal);
  if (!surveys.ok) return surveys;
  const wanted = surveys.value
    .flatMap((survey) => survey.installed.map((model) => ({ survey, model })))
    .slice(0, MAX_MODELS);
  const cards: ModelCard[] = [];
  for (let at = 0; at < wanted.length; at += AT_ONCE) {
    const some = wanted.slice(at, at + AT_ONCE);
    cards.push(...(await Promise.all(some.map((one) => cardOf(parts, one, signal)))));
  }
  return ok(cards);
}

async function cardOf(
  parts: ClientParts,
  place: { readonly survey: Survey; readonly model: InstalledModel },
  signal: AbortSignal,
): Promise<ModelCard> {
  const { survey, model } = place;
  const isRemote = model.isRemote || isCloudName(model.name);
  // Of a model that runs elsewhere the server would ask elsewhere.
  const shown = isRemote ? null : await parts.details(place, model.name, signal);
  const details = shown?.ok ? shown.value : null;
  return {
    name: model.name,
    digest: model.digest,
    host: survey.host.name,
    sizeBytes: model.sizeBytes,
    family: model.family,
    parameters: model.parameters,
    quantization: model.quantization,
    isRemote,
    maxContextTokens: details?.maxContextTokens ?? 0,
    abilities: details?.abilities ?? [],
    loaded: loadedOf(survey, model.name),
  };
}

function loadedOf(survey: Survey, model: string): LoadedModel | null {
  const running = survey.loaded.find(({ name }) => isSameModel(name, model));
  if (!running) return null;
  const { name: _, ...loaded } = running;
  return loaded;
}
