import type { ModelStatus } from '../../core/types.ts';
import type { ModelProbe } from '../../ports.ts';
import { type OllamaHost, parseOllamaHost } from './host.ts';
import { type InstalledModel, isSameModel, listModels } from './models.ts';

/** Says which model would answer: the configured one, else the first that is installed. */
export function createModelProbe(given: {
  /** In any form of OLLAMA_HOST. */
  readonly host: string;
  /** Empty for none in particular. */
  readonly model: string;
}): ModelProbe {
  return {
    async look(signal) {
      const host = parseOllamaHost(given.host);
      if (!host.ok) return missing(host.error.message, host.error.hint ?? '');
      const models = await listModels(host.value, signal);
      if (models.ok) return choose(models.value, given.model);
      return missing(models.error.message, models.error.hint ?? startRemedy(host.value));
    },
  };
}

export const startRemedy = (host: OllamaHost): string =>
  host.isLoopback
    ? 'Start it with: ollama serve'
    : 'Start ollama serve on that machine, or set ollama.host to another one.';

function choose(models: readonly InstalledModel[], wanted: string): ModelStatus {
  if (wanted === '') {
    const first = models.find((model) => !model.isRemote && !model.isEmbedding);
    if (first) return { kind: 'ready', name: first.name };
    return missing('No model is installed that can talk.', 'Get one: ollama pull NAME');
  }
  const found = models.find((model) => isSameModel(model.name, wanted));
  if (!found) return missing(`The model ${wanted} is not installed.`, `ollama pull ${wanted}`);
  if (found.isRemote) {
    return missing(
      `The model ${wanted} runs on somebody else's machine, and TinyCode works offline.`,
      'Choose an installed one: tinycode config set model NAME',
    );
  }
  return { kind: 'ready', name: found.name };
}

const missing = (why: string, remedy: string): ModelStatus => ({ kind: 'missing', why, remedy });
