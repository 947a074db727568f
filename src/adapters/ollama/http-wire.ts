import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { request as requestTls } from 'node:https';
import type { LookupFunction } from 'node:net';
import type { WireRequest } from '../../core/models/exchange.ts';
import { ok } from '../../core/result.ts';
import type { Result } from '../../core/types.ts';
import { explainBreak, explainError, SilentError } from './explain-error.ts';
import type { OllamaHost } from './host.ts';
import { splitLines } from './split-lines.ts';
import type { Wire, WireAnswer } from './wire.ts';

/**
 * To the configured host and to nowhere else: no proxy, no redirect, no second address. Node's
 * `http` has no time limits of its own where no agent is shared, unlike its `fetch`, which gives up
 * on a reply that does not begin within five minutes.
 */
export const httpWire: Wire = {
  send(host, asked, signal) {
    return new Promise((resolve) => {
      const failed = (error: unknown): void => resolve(explainError(host, error, signal));
      let outgoing: ClientRequest;
      try {
        outgoing = open(host, asked, signal);
      } catch (error) {
        failed(error);
        return;
      }
      outgoing.on('error', failed);
      outgoing.on('response', (response) =>
        resolve(ok(answerOf(host, outgoing, response, signal))),
      );
    });
  },
};

function open(host: OllamaHost, asked: WireRequest, signal: AbortSignal): ClientRequest {
  const body = asked.body === undefined ? undefined : Buffer.from(JSON.stringify(asked.body));
  const start = host.protocol === 'https:' ? requestTls : request;
  const outgoing = start({
    protocol: host.protocol,
    hostname: host.hostname,
    port: host.port,
    path: `${host.prefix}${asked.path}`,
    method: asked.method,
    headers: {
      accept: 'application/json, application/x-ndjson',
      ...(body === undefined
        ? {}
        : { 'content-type': 'application/json', 'content-length': body.length }),
    },
    // A shared agent could be told by the environment to use a proxy.
    agent: false,
    signal,
    ...(host.hostname === 'localhost' ? { lookup: thisMachine } : {}),
  });
  outgoing.end(body);
  return outgoing;
}

/** Whatever the name `localhost` is made to mean, it is this machine that is asked. */
const thisMachine: LookupFunction = (_, options, callback) => {
  const addresses = [
    { address: '127.0.0.1', family: 4 },
    { address: '::1', family: 6 },
  ];
  if (options.all) callback(null, addresses);
  else callback(null, '127.0.0.1', 4);
};

function answerOf(
  host: OllamaHost,
  outgoing: ClientRequest,
  response: IncomingMessage,
  signal: AbortSignal,
): WireAnswer {
  // A body that nobody reads may still break off; that must not end the process.
  response.on('error', () => {});
  const close = (): void => void outgoing.destroy();
  return {
    status: response.statusCode ?? 0,
    lines: (idleMs) => readLines(host, response, { idleMs, close, signal }),
    close,
  };
}

async function* readLines(
  host: OllamaHost,
  response: IncomingMessage,
  options: {
    readonly idleMs: number;
    readonly signal: AbortSignal;
    close(): void;
  },
): AsyncIterable<Result<string>> {
  let timer: NodeJS.Timeout | undefined;
  const stop = (): void => clearTimeout(timer);
  const restart = (): void => {
    stop();
    timer = setTimeout(() => response.destroy(new SilentError(options.idleMs)), options.idleMs);
  };
  try {
    for await (const line of splitLines(response, restart)) {
      // Whoever reads may take their time: that is no silence of the server.
      stop();
      yield line;
      restart();
    }
  } catch (error) {
    yield explainBreak(host, error, options.signal);
  } finally {
    stop();
    options.close();
  }
}
