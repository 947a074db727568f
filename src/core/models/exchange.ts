import type { Json, JsonObject } from '../types.ts';

/**
 * One exchange with a model's server, as it went over the wire. What a session keeps is a list of
 * these, and so is a script: played back, a model is not needed, and says the same every time.
 */
export type Exchange = {
  readonly request: WireRequest;
  readonly reply: WireReply;
  /** The server that was asked, as people write it. */
  readonly host?: string;
};

export type WireRequest = {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Without the prefix of the host. */
  readonly path: string;
  readonly body?: JsonObject;
};

export type WireReply = {
  /** 0: nothing answered at all. */
  readonly status: number;
  readonly lines: readonly WireLine[];
  /** `cut`: the connection was closed before its end. `aborted`: this side had enough. */
  readonly end: 'complete' | 'cut' | 'aborted';
};

/** A line as it came, without its end; the time is counted from the request on. */
export type WireLine = { readonly afterMs: number; readonly text: string };

/** What a request must hold to be answered; a recorded request is one of these as well. */
export type RequestPattern = {
  readonly method?: WireRequest['method'];
  readonly path: string;
  /** Every member that stands here stands there with this value; lists are compared whole. */
  readonly body?: JsonObject;
  /** Words that stand somewhere in the body. */
  readonly mentions?: readonly string[];
};

export function matchesRequest(pattern: RequestPattern, request: WireRequest): boolean {
  if (pattern.path !== request.path) return false;
  if (pattern.method !== undefined && pattern.method !== request.method) return false;
  if (pattern.body !== undefined && !holds(request.body ?? {}, pattern.body)) return false;
  const text = pattern.mentions === undefined ? '' : JSON.stringify(request.body ?? {});
  return (pattern.mentions ?? []).every((word) => text.includes(asWritten(word)));
}

/** A model is asked something; a chat or vectors without words only load it. */
export const hasWords = ({ body }: WireRequest): boolean =>
  [body?.messages, body?.input].some((words) => Array.isArray(words) && words.length > 0);

export const isSameRequest = (one: WireRequest, other: WireRequest): boolean =>
  matchesRequest(one, other) && matchesRequest(other, one);

export const isSameJson = (one: Json | undefined, other: Json | undefined): boolean =>
  one === undefined || other === undefined ? one === other : holds(one, other) && holds(other, one);

const asWritten = (word: string): string => JSON.stringify(word).slice(1, -1);

function holds(whole: Json | undefined, part: Json): boolean {
  if (typeof part !== 'object' || part === null) return whole === part;
  if (typeof whole !== 'object' || whole === null) return false;
  if (isList(part)) {
    return (
      isList(whole) &&
      whole.length === part.length &&
      part.every((item, at) => holds(whole[at] as Json, item))
    );
  }
  if (isList(whole)) return false;
  return Object.entries(part).every(([key, value]) => holds(whole[key], value));
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);
