import { setTimeout as sleep } from 'node:timers/promises';
import type { WireReply, WireRequest } from '../../core/models/exchange.ts';
import { findScene, type Script } from '../../core/models/script.ts';
import { failModel } from '../../core/models/trouble.ts';
import { fail, ok } from '../../core/result.ts';
import type { Result } from '../../core/types.ts';
import { explainBreak } from './explain-error.ts';
import type { OllamaHost } from './host.ts';
import type { Wire } from './wire.ts';

/** The place of what is said to a request; `played` counts how often each was said. */
export type Choose = (
  request: WireRequest,
  host: OllamaHost,
  played: ReadonlyMap<number, number>,
) => number | undefined;

/**
 * Answers from what was recorded, without a server. A speed of 1 takes as long as it took then, and
 * `Infinity` no time at all.
 */
export function replayWire(
  script: Script,
  speed: number | (() => number) = Number.POSITIVE_INFINITY,
  choose: Choose = (request, _, played) => findScene(script, request, played),
): Wire {
  const played = new Map<number, number>();
  return {
    async send(host, request, signal) {
      if (signal.aborted) return fail('cancelled', 'Cancelled.');
      const at = choose(request, host, played);
      if (at === undefined) return notRecorded(request.path);
      played.set(at, (played.get(at) ?? 0) + 1);
      const { reply } = script[at] as Script[number];
      if (reply.status === 0 && reply.end === 'aborted') return STOPPED;
      if (reply.status === 0) return failModel('unreachable', 'Nothing answered then.');
      const stop = new AbortController();
      const pace = typeof speed === 'number' ? speed : speed();
      return ok({
        status: reply.status,
        lines: () => say(host, reply, pace, AbortSignal.any([signal, stop.signal])),
        close: () => stop.abort(),
      });
    },
  };
}

/** A person had enough: whatever reads more than was read then is stopped as well. */
const STOPPED = fail('cancelled', 'It was stopped here then.');

const notRecorded = (path: string) =>
  failModel('unreachable', `What was asked now (${path}) was not asked when this was recorded.`, {
    hint: 'The files or the settings may differ from what they were then.',
  });

async function* say(
  host: OllamaHost,
  reply: WireReply,
  speed: number,
  signal: AbortSignal,
): AsyncIterable<Result<string>> {
  let now = 0;
  for (const { afterMs, text } of reply.lines) {
    const restMs = Math.max(0, afterMs - now) / speed;
    now = afterMs;
    if (restMs > 0) await sleep(restMs, undefined, { signal }).catch(() => {});
    if (signal.aborted) return yield explainBreak(host, undefined, signal);
    yield ok(text);
  }
  if (reply.end === 'aborted') yield STOPPED;
  if (reply.end === 'cut') yield explainBreak(host, undefined, signal);
}
