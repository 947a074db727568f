import { ok } from '../../core/result.ts';
import type { ModelDetails, ModelTraits, Result } from '../../core/types.ts';
import type { ModelClient } from '../../ports.ts';
import { chat } from './chat.ts';
import { assembleParts, type ClientOptions, type ClientParts } from './client-parts.ts';
import { embed } from './embed.ts';
import { getVersion } from './get-version.ts';
import { parseOllamaHosts, refuseHost } from './hosts.ts';
import { listCards } from './list-cards.ts';
import { unload, warm } from './memory.ts';
import type { Place } from './pool.ts';
import { pull } from './pull.ts';
import type { Session } from './to-wire.ts';

/** Talks to Ollama through its own API. It fails to be made only for hosts that cannot be asked. */
export function createModelClient(options: ClientOptions): Result<ModelClient> {
  const hosts = parseOllamaHosts(options.hosts);
  if (!hosts.ok) return hosts;
  for (const host of hosts.value) {
    const refused = refuseHost(host, options.mayLeaveMachine);
    if (!refused.ok) return refused;
  }
  const parts = assembleParts(hosts.value, options);
  const traits = new Map<string, ModelTraits>();
  const find = async (model: string, signal: AbortSignal): Promise<Result<Found>> => {
    const places = await parts.find(model, signal);
    if (!places.ok) return places;
    const [place] = places.value as readonly [Place, ...Place[]];
    const details = await parts.details(place, model, signal);
    return details.ok ? ok({ place, details: details.value }) : details;
  };
  return ok({
    list: (signal) => listCards(parts, signal),
    show: async (model, signal) => {
      const found = await find(model, signal);
      return found.ok ? ok(found.value.details) : found;
    },
    traits: async (model, signal) => {
      const known = traits.get(model);
      if (known) return ok(known);
      const found = await find(model, signal);
      if (!found.ok) return found;
      const { place, details } = found.value;
      const seen = { digest: place.model.digest, abilities: details.abilities };
      if (traits.size >= MOST_KNOWN) traits.clear();
      traits.set(model, seen);
      return ok(seen);
    },
    servers: (signal) =>
      Promise.all(
        parts.hosts.map(async (host) => ({
          host: host.name,
          isHere: host.isLoopback,
          version: await getVersion(parts.wire, host, signal),
        })),
      ),
    chat: (request, signal) => chat(parts, request, signal),
    embed: (request, signal) => embed(parts, request, signal),
    window: async (model, signal) => {
      // It holds for the session, so a server is asked about it once.
      const known = parts.windows.known(model);
      if (known) return ok(known);
      const session = await openFirst(parts, model, signal);
      return session.ok ? ok(session.value.window) : session;
    },
    setWindow: async (model, tokens, signal) => {
      const found = await find(model, signal);
      return found.ok ? parts.windows.set(found.value.details, tokens) : found;
    },
    estimate: (model, text) => parts.gauges.estimate(model, text),
    warm: (model, signal) => warm(parts, model, signal),
    unload: (model, signal) => unload(parts, model, signal),
    pull: (model, signal) => {
      traits.delete(model);
      return pull(parts, model, signal);
    },
  });
}

const MOST_KNOWN = 200;

type Found = { readonly place: Place; readonly details: ModelDetails };

async function openFirst(
  parts: ClientParts,
  model: string,
  signal: AbortSignal,
): Promise<Result<Session>> {
  const places = await parts.find(model, signal);
  return places.ok ? parts.open(places.value[0] as Place, model, signal) : places;
}
