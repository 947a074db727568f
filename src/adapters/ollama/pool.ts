import { isSameModel } from '../../core/models/names.ts';
import { failModel } from '../../core/models/trouble.ts';
import { ok } from '../../core/result.ts';
import type { Failure, Result } from '../../core/types.ts';
import type { Clock } from '../../ports.ts';
import { getVersion } from './get-version.ts';
import type { OllamaHost } from './host.ts';
import { type InstalledModel, listInstalled, listLoaded, type Running } from './installed.ts';
import { startRemedy } from './probe.ts';
import type { Wire } from './wire.ts';

/** What a host says of itself at this moment. */
export type Survey = {
  readonly host: OllamaHost;
  readonly version: string;
  readonly installed: readonly InstalledModel[];
  readonly loaded: readonly Running[];
};
/** A host that has the model. */
export type Place = { readonly survey: Survey; readonly model: InstalledModel };

export type Pool = {
  /** Those that answer, in the order in which they are configured. */
  survey(signal: AbortSignal): Promise<Result<readonly Survey[]>>;
  /** Those that have the model, the one that should serve first. */
  find(model: string, signal: AbortSignal): Promise<Result<readonly Place[]>>;
  /** Takes a place in the queue of a host; returns what gives it back. */
  enter(host: OllamaHost): () => void;
  /** It did not answer: left out for a while. */
  leaveOut(host: OllamaHost): void;
};

const RETRY_MS = 10_000;

/** A server that reads a long prompt on the same processors may take its time. */
const SURVEY_MS = 5000;

export function createPool(given: {
  readonly hosts: readonly OllamaHost[];
  readonly wire: Wire;
  readonly clock: Pick<Clock, 'monotonicMs'>;
  readonly surveyMs?: number;
}): Pool {
  const { wire, clock } = given;
  const versions = new Map<string, string>();
  const leftOutUntil = new Map<string, number>();
  const busy = new Map<string, number>();
  const count = (host: OllamaHost): number => busy.get(host.name) ?? 0;

  /** All of them where all are left out: better late than never. */
  const candidates = (): readonly OllamaHost[] => {
    const now = clock.monotonicMs();
    const alive = given.hosts.filter(({ name }) => (leftOutUntil.get(name) ?? 0) <= now);
    return alive.length > 0 ? alive : given.hosts;
  };

  const leaveOut = (host: OllamaHost): void => {
    versions.delete(host.name);
    leftOutUntil.set(host.name, clock.monotonicMs() + RETRY_MS);
  };

  const look = async (host: OllamaHost, signal: AbortSignal): Promise<Result<Survey>> => {
    const timeoutMs = given.surveyMs ?? SURVEY_MS;
    const [version, installed, loaded] = await Promise.all([
      versions.get(host.name) ?? getVersion(wire, host, signal, timeoutMs),
      listInstalled(wire, host, signal, timeoutMs),
      listLoaded(wire, host, signal, timeoutMs),
    ]);
    if (!installed.ok) return installed;
    leftOutUntil.delete(host.name);
    const text = typeof version === 'string' ? version : version.ok ? version.value : '';
    if (text !== '') versions.set(host.name, text);
    // A server that lists its models and not what is loaded is an old one, or a busy one.
    return ok({
      host,
      version: text,
      installed: installed.value,
      loaded: loaded.ok ? loaded.value : [],
    });
  };

  const survey = async (signal: AbortSignal): Promise<Result<readonly Survey[]>> => {
    const asked = candidates();
    const looks = await Promise.all(asked.map((host) => look(host, signal)));
    const found = looks.flatMap((one) => (one.ok ? [one.value] : []));
    if (!signal.aborted) {
      for (const [at, one] of looks.entries()) if (!one.ok) leaveOut(asked[at] as OllamaHost);
    }
    if (found.length > 0) return ok(found);
    const failed = looks.find((one) => !one.ok);
    return { ok: false, error: withRemedy((failed as { error: Failure }).error, asked) };
  };

  return {
    survey,
    async find(model, signal) {
      const surveys = await survey(signal);
      if (!surveys.ok) return surveys;
      const places = surveys.value.flatMap((one) => placesOn(one, model));
      if (places.length === 0) return notInstalled(model);
      const local = places.filter((place) => !place.model.isRemote);
      if (local.length === 0) return refuseRemote(model);
      const order = ({ survey: { host, loaded } }: Place): number =>
        (loaded.some(({ name }) => isSameModel(name, model)) ? 0 : 1_000_000) + count(host);
      return ok(local.toSorted((a, b) => order(a) - order(b)));
    },
    enter(host) {
      busy.set(host.name, count(host) + 1);
      let isIn = true;
      return () => {
        if (isIn) busy.set(host.name, count(host) - 1);
        isIn = false;
      };
    },
    leaveOut,
  };
}

const placesOn = (survey: Survey, name: string): readonly Place[] =>
  survey.installed
    .filter((model) => isSameModel(model.name, name))
    .slice(0, 1)
    .map((model) => ({ survey, model }));

function withRemedy(failure: Failure, hosts: readonly OllamaHost[]): Failure {
  if (failure.hint !== undefined || failure.code !== 'model') return failure;
  return { ...failure, hint: startRemedy(hosts[0] as OllamaHost) };
}

const notInstalled = (model: string) =>
  failModel('no-model', `The model ${model} is not installed.`, { hint: `ollama pull ${model}` });

export const refuseRemote = (model: string) =>
  failModel(
    'remote',
    `The model ${model} runs on somebody else's machine, and TinyCode works offline.`,
    { hint: 'Choose an installed one: tinycode models' },
  );
