import { type Difference, findDifference } from '../../core/models/find-difference.ts';
import { type Fit, type PlacedScene, pickScene } from '../../core/models/pick-scene.ts';
import { redactRequest } from '../../core/models/redact-exchange.ts';
import type { RequestTally } from '../../core/models/talk.ts';
import { ok } from '../../core/result.ts';
import type { JsonObject, Result } from '../../core/types.ts';
import type { AnswerStore, Clock, ModelClient } from '../../ports.ts';
import { createModelClient } from './client.ts';
import { replayWire } from './replay-wire.ts';

/** A client whose servers are a record of what one process of a session said with them. */
export type ReplayClient = {
  readonly client: ModelClient;
  /** From now on what is asked belongs to this talk, and is answered at this speed. */
  enter(talk: number, speed: number): void;
  /** Of the talk that it is in. */
  tally(): { readonly requests: RequestTally; readonly difference: Difference | null };
};

export function openReplayClient(given: {
  readonly record: readonly PlacedScene[];
  readonly hosts: string;
  readonly clock: Pick<Clock, 'monotonicMs'>;
}): Result<ReplayClient> {
  const { record, hosts, clock } = given;
  let talk = 0;
  let pace = Number.POSITIVE_INFINITY;
  let requests = nothing();
  let difference: Difference | null = null;
  const count = (fit: Fit | 'missing'): void => {
    requests = { ...requests, [fit]: requests[fit] + 1 };
  };
  const wire = replayWire(
    record,
    () => pace,
    (request, host, played) => {
      const where = { talk, host: host.name };
      const asked = redactRequest(request);
      const picked = pickScene(record, asked, where, played);
      count(picked?.fit ?? 'missing');
      if (picked?.fit === 'other-words') {
        difference ??= findDifference(record[picked.at]?.request.body, asked.body);
      }
      return picked?.at;
    },
  );
  // Nobody is asked, so nothing leaves this machine.
  const client = createModelClient({
    ...{ hosts, mayLeaveMachine: true, clock, wire, answers: NONE },
    // What was learned of the model may be something else by now.
    learnedContextTokens: () => windowThen(record),
  });
  if (!client.ok) return client;
  return ok({
    client: client.value,
    enter(next, speed) {
      talk = next;
      pace = speed;
      requests = nothing();
      difference = null;
    },
    tally: () => ({ requests, difference }),
  });
}

const nothing = (): RequestTally => ({ same: 0, 'looked-up': 0, 'other-words': 0, missing: 0 });

/** The window that was asked for then; 0 where no model was asked anything. */
function windowThen(record: readonly PlacedScene[]): number {
  for (const { request } of record) {
    const options = request.body?.options as JsonObject | undefined;
    if (typeof options?.num_ctx === 'number') return options.num_ctx;
  }
  return 0;
}

/** What was answered from memory then stands in the record. */
const NONE: AnswerStore = { read: () => undefined, write: () => {} };
