import { isIP, isIPv6 } from 'node:net';
import { fail, ok } from '../../core/result.ts';
import type { Result } from '../../core/types.ts';

/** Where a client has to connect. */
export type OllamaHost = {
  readonly protocol: 'http:' | 'https:';
  /** An IPv6 address stands without brackets. */
  readonly hostname: string;
  readonly port: number;
  /** Begins with a slash and ends without one; empty for none. */
  readonly prefix: string;
  readonly isLoopback: boolean;
  /** As people say it: without the scheme where it is plain HTTP. */
  readonly name: string;
};

/** Reads every form that OLLAMA_HOST may have, as Ollama itself does. */
export function parseOllamaHost(text: string): Result<OllamaHost> {
  const trimmed = text.trim().replace(/^["']+|["']+$/g, '');
  const [, scheme, rest = ''] = /^(?:([^:/?#]*):\/\/)?(.*)$/s.exec(trimmed) ?? [];
  const protocol = PROTOCOLS[scheme?.toLowerCase() ?? 'http'];
  if (!protocol) return refuse(text, `${scheme} is no protocol that Ollama speaks`);
  if (/[\s@?#\\\p{Cc}]/u.test(rest)) return refuse(text, 'it holds a character that has no place');
  const [, authority = '', path = ''] = /^([^/]*)(.*)$/s.exec(rest) ?? [];
  const split = splitAuthority(authority);
  if (!split) return refuse(text, 'the address cannot be read');
  const port = split.port === '' ? defaultPort(scheme, protocol) : Number(split.port);
  if (!/^\d{0,5}$/.test(split.port) || port < 1 || port > 65_535) {
    return refuse(text, `${split.port} is not a port`);
  }
  const hostname = clientAddressOf(split.host.toLowerCase());
  const prefix = path.replace(/\/+$/, '');
  const isLoopback = isLoopbackAddress(hostname);
  const name = nameOf(protocol, hostname, port, prefix);
  return ok({ protocol, hostname, port, prefix, isLoopback, name });
}

const PROTOCOLS: Readonly<Record<string, OllamaHost['protocol']>> = {
  http: 'http:',
  https: 'https:',
};

/** Without a scheme it is Ollama's own port; with one it is the scheme's. */
const defaultPort = (scheme: string | undefined, protocol: OllamaHost['protocol']): number => {
  if (scheme === undefined) return 11_434;
  return protocol === 'https:' ? 443 : 80;
};

function splitAuthority(text: string): { host: string; port: string } | null {
  if (isIPv6(text)) return { host: text, port: '' };
  const [, host, , port = ''] = /^\[([^\]]*)\](:(.*))?$/.exec(text) ?? [];
  if (host !== undefined) return isIPv6(host) ? { host, port } : null;
  const colon = text.indexOf(':');
  if (colon === -1) return isHostName(text) ? { host: text, port: '' } : null;
  const before = text.slice(0, colon);
  return isHostName(before) ? { host: before, port: text.slice(colon + 1) } : null;
}

/** Empty is fine: `:11434` means this machine. */
const isHostName = (text: string): boolean => /^[A-Za-z0-9._-]*$/.test(text);

/** A server listens on "all addresses"; a client has to pick one. */
function clientAddressOf(host: string): string {
  if (host === '' || host === '0.0.0.0') return '127.0.0.1';
  return host === '::' ? '::1' : host;
}

function isLoopbackAddress(hostname: string): boolean {
  if (isIP(hostname) === 0) return hostname === 'localhost';
  return hostname === '::1' || hostname.startsWith('127.') || hostname === '::ffff:127.0.0.1';
}

function nameOf(protocol: string, hostname: string, port: number, prefix: string): string {
  const host = isIPv6(hostname) ? `[${hostname}]` : hostname;
  return `${protocol === 'https:' ? 'https://' : ''}${host}:${port}${prefix}`;
}

const refuse = (text: string, why: string) =>
  fail('invalid', `${JSON.stringify(text.slice(0, 200))} is not where Ollama could be: ${why}.`, {
    hint: 'Write a host, host:port, [IPv6]:port or a URL with http:// or https://.',
  });
