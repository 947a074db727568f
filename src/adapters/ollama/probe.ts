import { fullName, isCloudName, isSameModel } from '../../core/models/names.ts';
import type { ModelStatus } from '../../core/types.ts';
import type { ModelProbe } from '../../ports.ts';
import { canServe, isNobodyThere, SERVE_REMEDY } from './can-serve.ts';
import type { OllamaHost } from './host.ts';
import { parseOllamaHosts } from './hosts.ts';
import { httpWire } from './http-wire.ts';
import { type InstalledModel, listInstalled } from './installed.ts';

/** Says which model would answer: the configured one, else the first that is installed. */
export function createModelProbe(given: {
  /** In any form of OLLAMA_HOST; there may be several. */
  readonly host: string;
  /** Empty for none in particular. */
  readonly model: string;
  /** Whether a server could be started on this machine. */
  readonly isInstalled?: () => Promise<boolean>;
}): ModelProbe {
  return {
    async look(signal) {
      const hosts = parseOllamaHosts(given.host);
      if (!hosts.ok) return missing(hosts.error.message, hosts.error.hint ?? '');
      const found = await Promise.all(hosts.value.map((host) => lookAt(host, given, signal)));
      return found.find(({ kind }) => kind === 'ready') ?? (found[0] as ModelStatus);
    },
  };
}

async function lookAt(
  host: OllamaHost,
  { model, isInstalled }: { readonly model: string; readonly isInstalled?: () => Promise<boolean> },
  signal: AbortSignal,
): Promise<ModelStatus> {
  const models = await listInstalled(httpWire, host, signal);
  if (models.ok) return choose(models.value, model);
  const { message, hint } = models.error;
  if (isNobodyThere(models.error) && canServe(host) && (await isInstalled?.())) {
    const remedy = `It is installed. ${SERVE_REMEDY}`;
    return { kind: 'missing', why: message, remedy, isStartable: true };
  }
  return missing(message, hint ?? startRemedy(host));
}

export const startRemedy = (host: OllamaHost): string =>
  host.isLoopback
    ? 'Start it with: ollama serve'
    : 'Start ollama serve on that machine, or set ollama.host to another one.';

function choose(models: readonly InstalledModel[], wanted: string): ModelStatus {
  if (wanted === '') {
    const first = models.find(
      (model) => !model.isRemote && !model.isEmbedding && !isCloudName(model.name),
    );
    if (first) return { kind: 'ready', name: first.name };
    return missing('No model is installed that can talk.', 'Get one: ollama pull NAME');
  }
  const found = models.find((model) => isSameModel(model.name, wanted));
  if (found?.isRemote || isCloudName(fullName(wanted))) {
    return missing(
      `The model ${wanted} runs on somebody else's machine, and TinyCode works offline.`,
      'Choose an installed one: tinycode config set model NAME',
    );
  }
  if (!found) return missing(`The model ${wanted} is not installed.`, `ollama pull ${wanted}`);
  return { kind: 'ready', name: found.name };
}

const missing = (why: string, remedy: string): ModelStatus => ({ kind: 'missing', why, remedy });
