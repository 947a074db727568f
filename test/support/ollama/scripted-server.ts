import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  matchesRequest,
  type RequestPattern,
  type WireRequest,
} from '../../../src/core/models/exchange.ts';
import { isNewEnough } from '../../../src/core/models/versions.ts';
import { answerChat } from './answer-chat.ts';
import { answerEmbed } from './answer-embed.ts';
import { answerPull, type PullStep } from './answer-pull.ts';
import { type Connection, connect, readBody } from './connection.ts';
import { detailsOf, type FakeModel, fakeModel, showOf, tagOf } from './fake-model.ts';
import { createScheduler, type Scheduler } from './scheduler.ts';
import type { Reply } from './spoken.ts';

/** One thing that the server says, and to what. */
export type ScriptedScene = {
  readonly when?: Partial<RequestPattern>;
  readonly reply: Reply;
  /** How often; once where nothing is said, `0` for ever. */
  readonly times?: number;
};

export type ServerOptions = {
  readonly models?: readonly (FakeModel | string)[];
  readonly script?: readonly ScriptedScene[];
  /** What a model of some character says where the script has nothing. */
  readonly character?: (request: WireRequest) => Reply | undefined;
  readonly version?: string;
  /** As OLLAMA_NUM_PARALLEL and OLLAMA_MAX_QUEUE. */
  readonly parallel?: number;
  readonly maxQueue?: number;
  /** As OLLAMA_CONTEXT_LENGTH. */
  readonly contextTokens?: number;
  /** What older servers do: leave out in silence what does not fit. */
  readonly isSilentlyTruncating?: boolean;
  readonly pulls?: readonly PullStep[];
  readonly prefix?: string;
  readonly port?: number;
  /** What of a loaded model lies in the memory of a graphics card. */
  readonly vramBytes?: (contextTokens: number) => number;
};

export type ScriptedServer = {
  readonly host: string;
  readonly port: number;
  /** All that was asked, in order. */
  readonly requests: readonly WireRequest[];
  readonly loads: Scheduler['loads'];
  /** Clients that closed a connection before the reply was over. */
  aborted(): number;
  chats(): readonly WireRequest[];
  add(...scenes: readonly ScriptedScene[]): void;
  setModels(models: readonly (FakeModel | string)[]): void;
  close(): Promise<void>;
};

/** What the answers to requests are made from. */
export type Stage = {
  readonly options: ServerOptions;
  readonly scheduler: Scheduler;
  find(name: unknown): FakeModel | undefined;
  /** What the script has for this request. */
  play(request: WireRequest): Reply | undefined;
  add(model: FakeModel): void;
};

/** Speaks Ollama's protocol over real HTTP, and says what a script tells it to. */
export async function startScriptedServer(options: ServerOptions = {}): Promise<ScriptedServer> {
  const requests: WireRequest[] = [];
  const script = [...(options.script ?? [])].map((scene) => ({ scene, played: 0 }));
  const scheduler = createScheduler({
    parallel: options.parallel ?? 1,
    maxQueue: options.maxQueue ?? 512,
  });
  let models = (options.models ?? ['tiny']).map(asModel);
  let aborted = 0;
  const stage: Stage = {
    options,
    scheduler,
    find: (name) => models.find((model) => model.name === withTag(String(name))),
    play(request) {
      const found = script.find(
        ({ scene, played }) =>
          (scene.times === 0 || played < (scene.times ?? 1)) && fits(scene, request),
      );
      if (found) found.played += 1;
      if (found || !hasMessages(request.body)) return found?.scene.reply;
      return options.character?.(request);
    },
    add(model) {
      models = [model, ...models];
    },
  };
  const server = createServer((incoming, response) => {
    const client = connect(response, () => {
      aborted += 1;
    });
    const path = (incoming.url ?? '').slice((options.prefix ?? '').length);
    readBody(incoming)
      .then((text) => {
        const request = toRequest(incoming.method, path, text);
        requests.push(request);
        return answer(stage, models, request, client);
      })
      .catch((error: Error) => client.json(400, { error: error.message }));
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    host: `127.0.0.1:${port}`,
    port,
    requests,
    loads: scheduler.loads,
    aborted: () => aborted,
    chats: () => requests.filter(({ path, body }) => path === '/api/chat' && hasMessages(body)),
    add: (...scenes) => script.push(...scenes.map((scene) => ({ scene, played: 0 }))),
    setModels(next) {
      models = next.map(asModel);
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const asModel = (model: FakeModel | string): FakeModel =>
  typeof model === 'string' ? fakeModel(model) : model;

const withTag = (name: string): string => (name.includes(':') ? name : `${name}:latest`);

const hasMessages = (body: WireRequest['body']): boolean =>
  Array.isArray(body?.messages) && body.messages.length > 0;

function toRequest(method: string | undefined, path: string, text: string): WireRequest {
  const verb = method === 'POST' || method === 'DELETE' ? method : 'GET';
  return { method: verb, path, ...(text === '' ? {} : { body: JSON.parse(text) }) };
}

/** A scene without a path is for chats. */
function fits({ when }: ScriptedScene, request: WireRequest): boolean {
  const pattern = { path: '/api/chat', ...when };
  if (pattern.path === '/api/chat' && !hasMessages(request.body)) return false;
  return matchesRequest(pattern, request);
}

async function answer(
  stage: Stage,
  models: readonly FakeModel[],
  request: WireRequest,
  client: Connection,
): Promise<void> {
  const { path, body = {} } = request;
  const version = stage.options.version ?? '0.33.0';
  switch (path) {
    case '/':
      return client.text(200, 'Ollama is running');
    case '/api/version':
      return client.json(200, { version });
    case '/api/tags':
      return client.json(200, { models: models.map(tagOf) });
    case '/api/ps':
      return client.json(200, {
        models: [...stage.scheduler.loaded.values()].map((each) => psOf(each, stage.options)),
      });
    case '/api/show': {
      const model = stage.find(body.model);
      if (!model) return client.json(404, { error: `model '${body.model}' not found` });
      return client.json(200, showOf(model, isNewEnough(version, 'abilities')));
    }
    case '/api/chat':
    case '/api/generate':
      return answerChat(stage, request, client);
    case '/api/embed':
      if (!isNewEnough(version, 'embed')) return client.text(404, '404 page not found');
      return answerEmbed(stage, request, client);
    case '/api/pull':
      return answerPull(stage, request, client);
    default:
      return client.text(404, '404 page not found');
  }
}

const psOf = (
  { model, contextTokens, expiresAt }: ReturnType<Scheduler['loaded']['get']> & object,
  { vramBytes }: ServerOptions,
) => ({
  name: model.name,
  model: model.name,
  size: model.size,
  digest: model.digest,
  details: detailsOf(model),
  expires_at: new Date(expiresAt).toISOString(),
  size_vram: vramBytes?.(contextTokens) ?? 0,
  context_length: contextTokens,
});
