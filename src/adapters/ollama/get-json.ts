import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { request as requestTls } from 'node:https';
import { fail, ok } from '../../core/result.ts';
import type { Json, Result } from '../../core/types.ts';
import type { OllamaHost } from './host.ts';

/**
 * One GET to the configured host and to nowhere else: no proxy, no redirect, no second address.
 * Ends after `timeoutMs` whatever the other side does.
 */
export function getJson(
  host: OllamaHost,
  path: string,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<Result<Json>> {
  const deadline = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  return new Promise((resolve) => {
    const failed = (error: Error): void => resolve(explain(host, error, deadline, signal));
    const open = host.protocol === 'https:' ? requestTls : request;
    let outgoing: ClientRequest;
    try {
      outgoing = open({
        protocol: host.protocol,
        hostname: host.hostname,
        port: host.port,
        path: `${host.prefix}${path}`,
        headers: { accept: 'application/json' },
        agent: false,
        signal: deadline,
      });
    } catch (error) {
      failed(error instanceof Error ? error : new Error(String(error)));
      return;
    }
    outgoing.on('error', failed);
    outgoing.on('response', (response) => {
      response.on('error', failed);
      readBody(host, response, resolve);
    });
    outgoing.end();
  });
}

const MAX_BODY_BYTES = 4 * 1024 * 1024;

function readBody(
  host: OllamaHost,
  response: IncomingMessage,
  resolve: (result: Result<Json>) => void,
): void {
  const status = response.statusCode ?? 0;
  if (status !== 200) {
    response.destroy();
    const what = status >= 300 && status < 400 ? 'a redirect, which is not followed' : status;
    resolve(fail('model', `What answers at ${host.name} says ${what}.`, NOT_OLLAMA));
    return;
  }
  const chunks: Buffer[] = [];
  let length = 0;
  response.on('data', (chunk: Buffer) => {
    length += chunk.length;
    chunks.push(chunk);
    if (length <= MAX_BODY_BYTES) return;
    response.destroy();
    resolve(fail('limit', `The answer of ${host.name} is too long.`, NOT_OLLAMA));
  });
  response.on('end', () => resolve(parse(host, Buffer.concat(chunks).toString('utf8'))));
}

function parse(host: OllamaHost, text: string): Result<Json> {
  try {
    return ok(JSON.parse(text));
  } catch {
    return fail('model', `What answers at ${host.name} does not speak JSON.`, NOT_OLLAMA);
  }
}

const NOT_OLLAMA = { hint: 'Check OLLAMA_HOST: is it Ollama that runs there?' };

function explain(
  host: OllamaHost,
  error: Error,
  deadline: AbortSignal,
  signal: AbortSignal,
): Result<never> {
  if (signal.aborted) return fail('cancelled', 'Cancelled.', { cause: error });
  const silent = `Ollama does not answer at ${host.name}`;
  if (deadline.aborted) return fail('timeout', `${silent}: it takes too long.`, { cause: error });
  const code = 'code' in error ? String(error.code) : '';
  return fail('model', `${silent}: ${REASONS[code] ?? error.message}.`, { cause: error });
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'the name cannot be looked up',
  ECONNRESET: 'it closed the connection',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
};
