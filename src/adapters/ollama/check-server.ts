import type { Check } from '../../ports.ts';
import { getJson } from './get-json.ts';
import { type OllamaHost, parseOllamaHost } from './host.ts';
import { ANSWER_MS, listModels } from './models.ts';
import { startRemedy } from './probe.ts';

/** For `doctor`: what answers at the configured host, and what is installed there. */
export async function checkOllama(
  given: { readonly host: string; readonly isInstalled: () => Promise<boolean> },
  signal: AbortSignal,
): Promise<Check> {
  const check = 'ollama';
  const host = parseOllamaHost(given.host);
  if (!host.ok) {
    const remedy = host.error.hint ?? 'Correct ollama.host.';
    return { check, status: 'fail', detail: host.error.message, remedy };
  }
  const [version, models] = await Promise.all([
    getJson(host.value, '/api/version', ANSWER_MS, signal),
    listModels(host.value, signal),
  ]);
  if (!models.ok) {
    const remedy = models.error.hint ?? (await remedyFor(host.value, given.isInstalled));
    return { check, status: 'warn', detail: models.error.message, remedy };
  }
  const local = models.value.filter((model) => !model.isRemote).length;
  const name = version.ok ? versionOf(version.value) : 'an unknown version';
  const detail = `Ollama ${name} answers at ${host.value.name}; ${countOf(local)}.`;
  if (local === 0) return { check, status: 'warn', detail, remedy: 'Get one: ollama pull NAME' };
  if (!host.value.isLoopback) return { check, status: 'warn', detail, remedy: OTHER_MACHINE };
  return { check, status: 'ok', detail };
}

const OTHER_MACHINE =
  'That is another machine: what you ask leaves this one. Set ollama.host to 127.0.0.1 to keep it here.';

async function remedyFor(host: OllamaHost, isInstalled: () => Promise<boolean>): Promise<string> {
  if (!host.isLoopback || (await isInstalled())) return startRemedy(host);
  return 'Ollama is not installed: get it from ollama.com or your package manager, then run: ollama serve';
}

const countOf = (models: number): string =>
  models === 0
    ? 'no model is installed'
    : `${models} ${models === 1 ? 'model is' : 'models are'} installed`;

function versionOf(answer: unknown): string {
  const version =
    typeof answer === 'object' && answer !== null ? Reflect.get(answer, 'version') : undefined;
  return typeof version === 'string' ? version.slice(0, 40) : 'of an unknown version';
}
