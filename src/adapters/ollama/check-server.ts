import type { Check } from '../../ports.ts';
import { canServe, SERVE_REMEDY } from './can-serve.ts';
import { getVersion } from './get-version.ts';
import type { OllamaHost } from './host.ts';
import { parseOllamaHosts } from './hosts.ts';
import { httpWire } from './http-wire.ts';
import { listInstalled } from './installed.ts';
import { startRemedy } from './probe.ts';

/** For `doctor`: what answers at the configured host, and what is installed there. */
export async function checkOllama(
  given: { readonly host: string; readonly isInstalled: () => Promise<boolean> },
  signal: AbortSignal,
): Promise<Check> {
  const check = 'ollama';
  const hosts = parseOllamaHosts(given.host);
  if (!hosts.ok) {
    const remedy = hosts.error.hint ?? 'Correct ollama.host.';
    return { check, status: 'fail', detail: hosts.error.message, remedy };
  }
  const found = await Promise.all(
    hosts.value.map((host) => checkHost(host, given.isInstalled, signal)),
  );
  if (found.length === 1) return found[0] as Check;
  const worst = found.find(({ status }) => status !== 'ok') ?? (found[0] as Check);
  return { ...worst, detail: found.map(({ detail }) => detail).join(' ') };
}

async function checkHost(
  host: OllamaHost,
  isInstalled: () => Promise<boolean>,
  signal: AbortSignal,
): Promise<Check> {
  const check = 'ollama';
  const [version, models] = await Promise.all([
    getVersion(httpWire, host, signal),
    listInstalled(httpWire, host, signal),
  ]);
  if (!models.ok) {
    const remedy = models.error.hint ?? (await remedyFor(host, isInstalled));
    return { check, status: 'warn', detail: models.error.message, remedy };
  }
  const local = models.value.filter((model) => !model.isRemote).length;
  const name = version.ok ? version.value || 'of an unknown version' : 'an unknown version';
  const detail = `Ollama ${name} answers at ${host.name}; ${countOf(local)}.`;
  if (local === 0) return { check, status: 'warn', detail, remedy: 'Get one: ollama pull NAME' };
  if (!host.isLoopback) return { check, status: 'warn', detail, remedy: OTHER_MACHINE };
  return { check, status: 'ok', detail };
}

const OTHER_MACHINE =
  'That is another machine: what you ask leaves this one. Set ollama.host to 127.0.0.1 to keep it here.';

async function remedyFor(host: OllamaHost, isInstalled: () => Promise<boolean>): Promise<string> {
  if (!host.isLoopback) return startRemedy(host);
  if (await isInstalled()) return canServe(host) ? SERVE_REMEDY : startRemedy(host);
  return 'Ollama is not installed: get it from ollama.com or your package manager, then run: ollama serve';
}

const countOf = (models: number): string =>
  models === 0
    ? 'no model is installed'
    : `${models} ${models === 1 ? 'model is' : 'models are'} installed`;
