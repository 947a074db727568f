import type { Exchange } from '../../core/models/exchange.ts';
import { isCloudName, isSameModel } from '../../core/models/names.ts';
import { ok } from '../../core/result.ts';
import type { ModelDetails, Result } from '../../core/types.ts';
import type { AnswerStore, Clock } from '../../ports.ts';
import { createAnswerCache } from './answer-cache.ts';
import { showModel } from './details.ts';
import { createGauges, type Gauges } from './gauges.ts';
import type { OllamaHost } from './host.ts';
import { httpWire } from './http-wire.ts';
import { createPool, type Place, type Pool, refuseRemote } from './pool.ts';
import type { Session } from './to-wire.ts';
import { createWindows, type Windows } from './windows.ts';
import type { Wire } from './wire.ts';

export type ClientOptions = {
  /** In any form of OLLAMA_HOST; several with commas between them. Empty: this machine. */
  readonly hosts: string;
  /** The person named a host of another machine, so what is asked may go there. */
  readonly mayLeaveMachine: boolean;
  readonly clock: Pick<Clock, 'monotonicMs'>;
  /** How long a model stays loaded after an answer. */
  readonly keepAlive?: string;
  /** The window of a model for which nothing else speaks. */
  readonly usualContextTokens?: number;
  /** The window that was learned of a model of this digest; 0 where none was. */
  readonly learnedContextTokens?: (digest: string) => number;
  readonly answers?: AnswerStore;
  readonly limits?: Partial<ClientLimits>;
  readonly wire?: Wire;
  /** Told of what was answered from memory as if it had gone over the wire. */
  readonly onRepeated?: (exchange: Exchange) => void;
};

export type ClientLimits = {
  /** Between two pieces of an answer. */
  readonly idleMs: number;
  /** The same where the server may hold back what comes: calls, and a second reading for a schema. */
  readonly idleHeldMs: number;
  readonly surveyMs: number;
};

/** Half an hour: somebody who reads a plan should not wait for a load afterwards. */
const KEEP_ALIVE = '30m';
const LIMITS: ClientLimits = { idleMs: 120_000, idleHeldMs: 600_000, surveyMs: 5000 };

/** What the parts of the client share. */
export type ClientParts = {
  readonly hosts: readonly OllamaHost[];
  readonly wire: Wire;
  readonly pool: Pool;
  readonly windows: Windows;
  readonly gauges: Gauges;
  readonly answers: AnswerStore;
  readonly limits: ClientLimits;
  readonly clock: Pick<Clock, 'monotonicMs'>;
  readonly onRepeated: (exchange: Exchange) => void;
  /** By what the model is, so that it is asked for once. */
  details(place: Place, model: string, signal: AbortSignal): Promise<Result<ModelDetails>>;
  /** What every request to this model has in common. */
  open(place: Place, model: string, signal: AbortSignal): Promise<Result<Session>>;
  /** The hosts that have the model, the best first; refuses what would leave the machine. */
  find(model: string, signal: AbortSignal): Promise<Result<readonly Place[]>>;
};

export function assembleParts(hosts: readonly OllamaHost[], options: ClientOptions): ClientParts {
  const wire = options.wire ?? httpWire;
  const limits = { ...LIMITS, ...options.limits };
  const { clock } = options;
  const pool = createPool({ hosts, wire, clock, surveyMs: limits.surveyMs });
  const windows = createWindows(options.usualContextTokens);
  const known = new Map<string, ModelDetails>();

  const details: ClientParts['details'] = async ({ survey, model: installed }, model, signal) => {
    const key = `${installed.digest} ${model}`;
    const found = installed.digest === '' ? undefined : known.get(key);
    if (found) return ok(found);
    const shown = await showModel(wire, survey.host, model, signal);
    if (!shown.ok) return shown;
    if (shown.value.isRemote) return refuseRemote(model);
    if (known.size >= MAX_KNOWN) known.clear();
    known.set(key, shown.value);
    return shown;
  };

  const open: ClientParts['open'] = async (place, model, signal) => {
    const shown = await details(place, model, signal);
    if (!shown.ok) return shown;
    const running = place.survey.loaded.find(({ name }) => isSameModel(name, model));
    const isDecided = windows.known(shown.value.name) !== undefined;
    const learned = isDecided ? 0 : (options.learnedContextTokens?.(place.model.digest) ?? 0);
    const window = windows.get(shown.value, running?.contextTokens ?? 0, learned);
    return ok({
      details: shown.value,
      window,
      version: place.survey.version,
      keepAlive: options.keepAlive ?? KEEP_ALIVE,
    });
  };

  return {
    hosts,
    wire,
    pool,
    windows,
    gauges: createGauges(),
    answers: options.answers ?? createAnswerCache(),
    limits,
    clock,
    onRepeated: options.onRepeated ?? (() => {}),
    details,
    open,
    find: async (model, signal) =>
      isCloudName(model) ? refuseRemote(model) : pool.find(model, signal),
  };
}

const MAX_KNOWN = 200;
