import { createModelProbe } from '../adapters/ollama/probe.ts';
import { estimateTokens } from '../core/models/estimate-tokens.ts';
import type { Failure, Result } from '../core/types.ts';
import type { Clock, ConfigReader, ModelClient, ModelProbe, Settings } from '../ports.ts';

/** The way to the models. What it is made of is loaded with the first question. */
export function openModels({ ollamaHost }: Settings, clock: Clock): ModelClient {
  let opened: Result<ModelClient> | null = null;
  const open = async (): Promise<Result<ModelClient>> => {
    const { createModelClient } = await import('../adapters/ollama/client.ts');
    // Only a person sets the host: a workspace may not, before its very bytes are trusted.
    opened ??= createModelClient({ hosts: ollamaHost, mayLeaveMachine: true, clock });
    return opened;
  };
  const through = async <T>(
    use: (client: ModelClient) => Promise<Result<T>>,
  ): Promise<Result<T>> => {
    const client = await open();
    return client.ok ? use(client.value) : client;
  };
  return {
    list: (signal) => through((client) => client.list(signal)),
    show: (model, signal) => through((client) => client.show(model, signal)),
    abilities: (model, signal) => through((client) => client.abilities(model, signal)),
    servers: async (signal) => {
      const client = await open();
      return client.ok ? client.value.servers(signal) : [];
    },
    window: (model, signal) => through((client) => client.window(model, signal)),
    setWindow: (model, tokens, signal) =>
      through((client) => client.setWindow(model, tokens, signal)),
    estimate: (model, text) =>
      opened?.ok ? opened.value.estimate(model, text) : estimateTokens(text),
    embed: (request, signal) => through((client) => client.embed(request, signal)),
    warm: (model, signal) => through((client) => client.warm(model, signal)),
    unload: (model, signal) => through((client) => client.unload(model, signal)),
    async *chat(request, signal) {
      const client = await open();
      if (client.ok) yield* client.value.chat(request, signal);
      else yield ended(client.error);
    },
    async *pull(model, signal) {
      const client = await open();
      if (client.ok) yield* client.value.pull(model, signal);
      else yield ended(client.error);
    },
  };
}

const ended = (error: Failure) => ({ kind: 'end', result: { ok: false, error } }) as const;

/** The model may be another one than at the start: it is configured while a session runs. */
export const openProbe = (config: ConfigReader, first: Settings): ModelProbe => ({
  look(signal) {
    const loaded = config.load();
    const model = loaded.ok ? loaded.value.settings.model : first.model;
    return createModelProbe({ host: first.ollamaHost, model }).look(signal);
  },
});
