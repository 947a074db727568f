import { fail, ok } from '../result.ts';
import type { JsonObject, Result } from '../types.ts';
import {
  matchesRequest,
  type RequestPattern,
  type WireReply,
  type WireRequest,
} from './exchange.ts';

/** Recorded exchanges, or patterns that somebody wrote down, and what is answered to each. */
export type Script = readonly Scene[];
export type Scene = {
  readonly request: RequestPattern;
  readonly reply: WireReply;
  /** The server that was asked; any where nothing is said. */
  readonly host?: string;
  /** How often it is played; once where nothing is said. */
  readonly times?: number;
};

/**
 * The first scene that fits and was not played as often as it may be: equal requests get the
 * answers in the order in which they were recorded. `played` counts by the place in the script.
 */
export function findScene(
  script: Script,
  request: WireRequest,
  played: ReadonlyMap<number, number>,
): number | undefined {
  const at = script.findIndex(
    (scene, place) =>
      (played.get(place) ?? 0) < (scene.times ?? 1) && matchesRequest(scene.request, request),
  );
  return at === -1 ? undefined : at;
}

/** Reads a script that came from a file. */
export function readScript(value: unknown): Result<Script> {
  if (!Array.isArray(value)) return refuse('it is not a list');
  const scenes: Scene[] = [];
  for (const [at, entry] of value.entries()) {
    const scene = readScene(entry);
    if (typeof scene === 'string') return refuse(`entry ${at + 1} ${scene}`);
    scenes.push(scene);
  }
  return ok(scenes);
}

const refuse = (why: string) =>
  fail('invalid', `That is no record of a talk with a model: ${why}.`);

function readScene(entry: unknown): Scene | string {
  if (!isObject(entry)) return 'is no object';
  const { request, reply, host, times } = entry;
  if (!isObject(request) || typeof request.path !== 'string') return 'has no request with a path';
  if (!isObject(reply) || !Array.isArray(reply.lines)) return 'has no reply with lines';
  if (!reply.lines.every(isLine)) return 'has a line that is none';
  if (times !== undefined && !isCount(times)) return 'has a wrong number of times';
  if (host !== undefined && typeof host !== 'string') return 'has a wrong host';
  const { status = 200, end = 'complete' } = reply;
  if (!isCount(status)) return 'has a wrong status';
  if (end !== 'complete' && end !== 'cut' && end !== 'aborted') return 'has a wrong end';
  const { method, body, mentions } = request;
  if (method !== undefined && method !== 'GET' && method !== 'POST' && method !== 'DELETE') {
    return 'has a wrong method';
  }
  if (body !== undefined && !isObject(body)) return 'has a body that is no object';
  if (mentions !== undefined && !isWords(mentions)) return 'mentions what are no words';
  return {
    request: {
      path: request.path,
      ...(method === undefined ? {} : { method }),
      ...(body === undefined ? {} : { body: body as JsonObject }),
      ...(mentions === undefined ? {} : { mentions }),
    },
    reply: { status, lines: reply.lines, end },
    ...(host === undefined ? {} : { host }),
    ...(times === undefined ? {} : { times }),
  };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isCount = (value: unknown): value is number => Number.isInteger(value) && Number(value) >= 0;

const isWords = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((word) => typeof word === 'string');

const isLine = (value: unknown): value is { afterMs: number; text: string } =>
  isObject(value) && typeof value.text === 'string' && typeof value.afterMs === 'number';
