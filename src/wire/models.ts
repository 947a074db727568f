import { createAnswerCache } from '../adapters/ollama/answer-cache.ts';
import type { ClientOptions } from '../adapters/ollama/client-parts.ts';
import { httpWire } from '../adapters/ollama/http-wire.ts';
import { createModelProbe } from '../adapters/ollama/probe.ts';
import { createAnswerStore } from '../adapters/sqlite/answer-store.ts';
import { estimateTokens } from '../core/models/estimate-tokens.ts';
import type { Failure, Result } from '../core/types.ts';
import type {
  AnswerStore,
  Clock,
  ConfigReader,
  ExchangeSource,
  ModelClient,
  ModelProbe,
  ServerFinder,
  Settings,
} from '../ports.ts';

/** What is another than usual for some ways to the models. */
type ModelOptions = Partial<Pick<ClientOptions, 'learnedContextTokens' | 'keepAlive'>> & {
  /** Where answers are kept for later processes. */
  readonly answersPath?: string;
};

/** The way to the models. What it is made of is loaded with the first question. */
export function openModels(
  { ollamaHost, keepsAnswers }: Settings,
  clock: Clock,
  { answersPath, ...options }: ModelOptions = {},
): ModelClient & ExchangeSource {
  let opened: Result<ModelClient> | null = null;
  let hear: Parameters<ExchangeSource['listen']>[0] | null = null;
  const open = async (): Promise<Result<ModelClient>> => {
    const { createModelClient } = await import('../adapters/ollama/client.ts');
    const { recordWire } = await import('../adapters/ollama/record-wire.ts');
    opened ??= createModelClient({
      ...options,
      hosts: ollamaHost,
      // Only a person sets the host: a workspace may not, before its very bytes are trusted.
      mayLeaveMachine: true,
      clock,
      ...(keepsAnswers && answersPath !== undefined
        ? { answers: openAnswers(clock, answersPath) }
        : {}),
      ...(hear === null
        ? {}
        : {
            wire: recordWire(httpWire, clock, hear),
            onRepeated: (exchange) => hear?.(exchange, true),
          }),
    });
    return opened;
  };
  const through = async <T>(
    use: (client: ModelClient) => Promise<Result<T>>,
  ): Promise<Result<T>> => {
    const client = await open();
    return client.ok ? use(client.value) : client;
  };
  return {
    hosts: ollamaHost,
    listen(listener) {
      hear = listener;
    },
    list: (signal) => through((client) => client.list(signal)),
    show: (model, signal) => through((client) => client.show(model, signal)),
    traits: (model, signal) => through((client) => client.traits(model, signal)),
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

/** In memory for this process, and on the disk for others. Opened with the first such request. */
function openAnswers(clock: Clock, path: string): AnswerStore {
  const near = createAnswerCache();
  const far = createAnswerStore({ path, clock });
  return {
    read: (key) => near.read(key) ?? far.read(key),
    write(key, end) {
      near.write(key, end);
      far.write(key, end);
    },
  };
}

const ended = (error: Failure) => ({ kind: 'end', result: { ok: false, error } }) as const;

/** The model may be another one than at the start: it is configured while a session runs. */
export const openProbe = (
  config: ConfigReader,
  first: Settings,
  { isInstalled }: Pick<ServerFinder, 'isInstalled'>,
): ModelProbe => ({
  look(signal) {
    const loaded = config.load();
    const model = loaded.ok ? loaded.value.settings.model : first.model;
    return createModelProbe({ host: first.ollamaHost, model, isInstalled }).look(signal);
  },
});
