import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import {
  type ScriptedServer,
  type ServerOptions,
  startScriptedServer,
} from './ollama/scripted-server.ts';

/** A real HTTP server on this machine, closed when the test is over. */
export async function serve(
  listener: RequestListener,
): Promise<{ readonly host: string; readonly paths: readonly string[] }> {
  const paths: string[] = [];
  const server = createServer((incoming, response) => {
    paths.push(incoming.url ?? '');
    listener(incoming, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { host: `127.0.0.1:${(server.address() as AddressInfo).port}`, paths };
}

/** Answers as Ollama does for its version and its list of models. */
export const serveModels = (models: readonly object[], prefix = '') =>
  serve((incoming, response) => {
    const body: Record<string, object> = {
      [`${prefix}/api/version`]: { version: '0.33.0' },
      [`${prefix}/api/tags`]: { models },
    };
    const found = body[incoming.url ?? ''];
    response.writeHead(found ? 200 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(found ?? { error: 'not found' }));
  });

/** The scripted server, closed when the test is over. */
export async function startOllama(options: ServerOptions = {}): Promise<ScriptedServer> {
  const server = await startScriptedServer(options);
  onTestFinished(() => server.close());
  return server;
}
