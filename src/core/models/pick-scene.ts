import type { Json, JsonObject } from '../types.ts';
import { hasWords, isSameJson, isSameRequest, type WireRequest } from './exchange.ts';
import type { Scene } from './script.ts';

/** A recorded exchange, and the talk in which it was made. */
export type PlacedScene = Scene & { readonly talk: number; readonly request: WireRequest };

/** How a request of today goes with what was recorded. */
export type Fit =
  /** The same was asked in the same talk. */
  | 'same'
  /** It only asks what the server has, which was asked in another talk. */
  | 'looked-up'
  /** The model is asked the same way, with other words. */
  | 'other-words';

export type Picked = { readonly at: number; readonly fit: Fit };

/**
 * What a request is answered with when a talk is played again. The very request comes first. What a
 * server has is asked for once in a process, so an answer to that may stand in another talk of it.
 * Where only the words for the model differ, the next answer in order is played, and is no longer
 * called the same.
 */
export function pickScene(
  record: readonly PlacedScene[],
  request: WireRequest,
  where: { readonly talk: number; readonly host: string },
  played: ReadonlyMap<number, number>,
): Picked | undefined {
  const find = (fits: (scene: PlacedScene) => boolean): number =>
    record.findIndex((scene, at) => !played.has(at) && scene.talk === where.talk && fits(scene));
  const isThere = ({ host }: PlacedScene): boolean => host === undefined || host === where.host;
  const same = find((scene) => isThere(scene) && isSameRequest(scene.request, request));
  if (same !== -1) return { at: same, fit: 'same' };
  if (isLookUp(request)) {
    const fits = (scene: PlacedScene): boolean =>
      isThere(scene) && isSameRequest(scene.request, request);
    const before = record.findLastIndex((scene) => scene.talk <= where.talk && fits(scene));
    const at = before === -1 ? record.findIndex(fits) : before;
    return at === -1 ? undefined : { at, fit: 'looked-up' };
  }
  const other = find((scene) => isThere(scene) && isSameWay(scene.request, request));
  return other === -1 ? undefined : { at: other, fit: 'other-words' };
}

const LOOK_UPS = ['/api/version', '/api/tags', '/api/ps', '/api/show'];
const isLookUp = ({ path }: WireRequest): boolean => LOOK_UPS.includes(path);

/** All is the same but the words, and the room for the answer that they leave. */
const isSameWay = (one: WireRequest, other: WireRequest): boolean =>
  one.path === other.path &&
  hasWords(one) === hasWords(other) &&
  isSameJson(withoutWords(one.body), withoutWords(other.body));

function withoutWords(body: JsonObject | undefined): JsonObject {
  const { messages: _, input: __, options = {}, ...rest } = body ?? {};
  const { num_predict: ___, ...settings } = isObject(options) ? options : {};
  return { ...rest, options: settings };
}

const isObject = (value: Json): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
