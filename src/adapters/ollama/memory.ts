import { isSameModel } from '../../core/models/names.ts';
import { ok } from '../../core/result.ts';
import type { Result } from '../../core/types.ts';
import { ask, askJson } from './ask-json.ts';
import type { ClientParts } from './client-parts.ts';
import { listLoaded } from './installed.ts';
import type { Place } from './pool.ts';
import { type Session, unloadRequest, warmRequest } from './to-wire.ts';

/** Loads a model and its window, however long that takes. */
export async function load(
  parts: ClientParts,
  { survey }: Place,
  model: string,
  session: Session,
  signal: AbortSignal,
): Promise<Result<void>> {
  const request = warmRequest(model, session);
  const answer = await ask(parts.wire, survey.host, request, { model }, signal);
  return answer.ok ? ok(undefined) : answer;
}

export async function warm(
  parts: ClientParts,
  model: string,
  signal: AbortSignal,
): Promise<Result<{ readonly tookMs: number }>> {
  const places = await parts.find(model, signal);
  if (!places.ok) return places;
  const place = places.value[0] as Place;
  const session = await parts.open(place, model, signal);
  if (!session.ok) return session;
  const started = parts.clock.monotonicMs();
  const leave = parts.pool.enter(place.survey.host);
  try {
    parts.windows.use(session.value.window);
    const loaded = await load(parts, place, model, session.value, signal);
    return loaded.ok ? ok({ tookMs: parts.clock.monotonicMs() - started }) : loaded;
  } finally {
    leave();
  }
}

const UNLOAD_MS = 10_000;
const LOOKS = 20;
const BETWEEN_LOOKS_MS = 50;

/** On every host that has it loaded. The server says yes before it has let go of the memory. */
export async function unload(
  parts: ClientParts,
  model: string,
  signal: AbortSignal,
): Promise<Result<void>> {
  const places = await parts.find(model, signal);
  if (!places.ok) return places;
  for (const { survey } of places.value) {
    const request = unloadRequest(model);
    const options = { timeoutMs: UNLOAD_MS, about: { model } };
    const answer = await askJson(parts.wire, survey.host, request, options, signal);
    if (!answer.ok) return answer;
    for (let look = 0; look < LOOKS && !signal.aborted; look += 1) {
      const loaded = await listLoaded(parts.wire, survey.host, signal);
      if (!loaded.ok || !loaded.value.some(({ name }) => isSameModel(name, model))) break;
      await new Promise((resolve) => setTimeout(resolve, BETWEEN_LOOKS_MS));
    }
  }
  return ok(undefined);
}
