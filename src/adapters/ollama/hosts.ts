import { failModel } from '../../core/models/trouble.ts';
import { ok } from '../../core/result.ts';
import type { Result } from '../../core/types.ts';
import { type OllamaHost, parseOllamaHost } from './host.ts';

const MAX_HOSTS = 16;

/** One host, or several with commas or blanks between them. Nothing at all means this machine. */
export function parseOllamaHosts(text: string): Result<readonly OllamaHost[]> {
  const words = text.split(/[\s,]+/).filter((word) => word !== '');
  const hosts: OllamaHost[] = [];
  for (const word of words.length === 0 ? [''] : words.slice(0, MAX_HOSTS)) {
    const host = parseOllamaHost(word);
    if (!host.ok) return host;
    if (!hosts.some(({ name }) => name === host.value.name)) hosts.push(host.value);
  }
  return ok(hosts);
}

/**
 * What is asked stays on this machine, unless the person named another one; and it never goes to
 * the maker's own service.
 */
export function refuseHost(host: OllamaHost, mayLeaveMachine: boolean): Result<void> {
  if (/(^|\.)ollama\.com$/.test(host.hostname)) {
    return failModel(
      'remote',
      `${host.name} is a service on the internet, and TinyCode works offline.`,
      {
        hint: 'Set ollama.host to 127.0.0.1.',
      },
    );
  }
  if (host.isLoopback || mayLeaveMachine) return ok(undefined);
  return failModel('remote', `${host.name} is another machine, and nobody has allowed that.`, {
    hint: 'Set ollama.host in your own configuration: tinycode config set ollama.host HOST',
  });
}
