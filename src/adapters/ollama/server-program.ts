import { join } from 'node:path';
import { fail, ok } from '../../core/result.ts';
import type { Result } from '../../core/types.ts';
import type { ServerFinder, ServerFound, ServerStarter } from '../../ports.ts';
import { canServe, isNobodyThere } from './can-serve.ts';
import { findServerProgram } from './find-server-program.ts';
import { getVersion } from './get-version.ts';
import type { OllamaHost } from './host.ts';
import { parseOllamaHosts } from './hosts.ts';
import { httpWire } from './http-wire.ts';
import { startServer } from './start-server.ts';

export type ServerOptions = {
  /** In any form of OLLAMA_HOST; there may be several. */
  readonly hosts: string;
  /** The person's own, which the server is started with. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly workspace: string;
  /** Where its output goes. */
  readonly folder: string;
  readonly prepareFolder: () => Result<void>;
};

/** Finds the server's program and starts it: only on this machine, and never from the workspace. */
export function createServerProgram(options: ServerOptions): ServerFinder & ServerStarter {
  const { hosts, env, home, workspace, folder } = options;
  const program = (): Promise<string | null> =>
    findServerProgram({ searchPath: env.PATH ?? '', home, workspace });

  const find = async (signal: AbortSignal): Promise<Result<ServerFound>> => {
    const parsed = parseOllamaHosts(hosts);
    if (!parsed.ok) return parsed;
    const here = parsed.value.filter(canServe);
    if (here.length === 0) return elsewhere(parsed.value);
    const found = await Promise.all(here.map((host) => lookAt(host, signal)));
    const silent = found.find((one) => one.kind === 'silent');
    if (silent === undefined) {
      const running = found.find((one) => one.kind === 'running');
      if (running) return ok({ kind: 'running', host: running.host.name });
      return taken(here[0] as OllamaHost);
    }
    const path = await program();
    if (path === null) return NOT_INSTALLED;
    const { name, port } = silent.host;
    const log = join(folder, `ollama-${port}.log`);
    return ok({ kind: 'startable', start: { argv: [path, 'serve'], host: name, log } });
  };

  return {
    find,
    isInstalled: async () => (await program()) !== null,
    async start(start, signal) {
      const again = await find(signal);
      if (!again.ok) return again;
      const isSame =
        again.value.kind === 'startable' &&
        JSON.stringify(again.value.start) === JSON.stringify(start);
      if (!isSame) return fail('changed', 'What would be started is not what it was a moment ago.');
      const prepared = options.prepareFolder();
      if (!prepared.ok) return prepared;
      return startServer(start, env, signal);
    },
  };
}

type Looked = { readonly kind: 'running' | 'silent' | 'taken'; readonly host: OllamaHost };

async function lookAt(host: OllamaHost, signal: AbortSignal): Promise<Looked> {
  const version = await getVersion(httpWire, host, signal);
  if (version.ok) return { kind: 'running', host };
  return { kind: isNobodyThere(version.error) ? 'silent' : 'taken', host };
}

const elsewhere = ([host]: readonly OllamaHost[]) =>
  fail('unavailable', `${host?.name} is not a server that could be started here.`, {
    hint: 'Start it where it runs, or set ollama.host to 127.0.0.1.',
  });

const taken = ({ name }: OllamaHost) =>
  fail('unavailable', `Something listens at ${name} and does not answer as Ollama does.`, {
    hint: 'Set ollama.host to another port, or end what listens there.',
  });

const NOT_INSTALLED = fail('not-found', 'Ollama is not installed.', {
  hint: 'Get it from ollama.com or your package manager.',
});
