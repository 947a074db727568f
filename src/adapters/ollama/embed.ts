import { failModel } from '../../core/models/trouble.ts';
import { ok } from '../../core/result.ts';
import type { Embedded, Json, Result } from '../../core/types.ts';
import { ask } from './ask-json.ts';
import type { ClientParts } from './client-parts.ts';
import { memberOf, numberIn } from './json-members.ts';
import type { Place } from './pool.ts';
import { can, embedRequest } from './to-wire.ts';

const MAX_TEXTS = 512;

/** Vectors for texts. A text that is too long for the model is refused, and never cut in silence. */
export async function embed(
  parts: ClientParts,
  request: { readonly model: string; readonly texts: readonly string[] },
  signal: AbortSignal,
): Promise<Result<Embedded>> {
  const { model, texts } = request;
  if (texts.length > MAX_TEXTS) {
    return failModel('too-long', `${texts.length} texts at once are more than ${MAX_TEXTS}.`);
  }
  const places = await parts.find(model, signal);
  if (!places.ok) return places;
  const place = places.value[0] as Place;
  const session = await parts.open(place, model, signal);
  if (!session.ok) return session;
  const { details } = session.value;
  if (!can(details, 'embedding') && !can(details, 'completion')) {
    return failModel('no-ability', `${model} cannot make vectors.`, {
      hint: 'Choose another model: tinycode models',
    });
  }
  const leave = parts.pool.enter(place.survey.host);
  try {
    parts.windows.use(session.value.window);
    const wired = embedRequest(model, texts, session.value);
    const answer = await ask(parts.wire, place.survey.host, wired, { model }, signal);
    if (!answer.ok) return answer;
    return read(answer.value, texts.length, { model, digest: place.model.digest });
  } finally {
    leave();
  }
}

function read(
  answer: Json,
  count: number,
  of: { readonly model: string; readonly digest: string },
): Result<Embedded> {
  const rows = memberOf(answer, 'embeddings');
  const vectors = Array.isArray(rows) ? rows.flatMap(vectorFrom) : [];
  const dimension = vectors[0]?.length ?? 0;
  const isWhole = vectors.length === count && vectors.every(({ length }) => length === dimension);
  if (!isWhole || (count > 0 && dimension === 0)) {
    return failModel('malformed', 'The server sends other vectors than it was asked for.', {
      hint: 'Is it a model that makes vectors? tinycode models',
    });
  }
  return ok({ ...of, dimension, vectors, promptTokens: numberIn(answer, 'prompt_eval_count') });
}

const vectorFrom = (row: Json): readonly Float32Array[] =>
  Array.isArray(row) && row.every((value) => typeof value === 'number')
    ? [Float32Array.from(row)]
    : [];
