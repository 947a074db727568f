import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { parseOllamaHost } from '../../../src/adapters/ollama/host.ts';
import { parseOllamaHosts } from '../../../src/adapters/ollama/hosts.ts';
import { httpWire } from '../../../src/adapters/ollama/http-wire.ts';
import { recordWire } from '../../../src/adapters/ollama/record-wire.ts';
import { replayWire } from '../../../src/adapters/ollama/replay-wire.ts';
import { splitLines } from '../../../src/adapters/ollama/split-lines.ts';
import type { Exchange } from '../../../src/core/models/exchange.ts';
import { readScript } from '../../../src/core/models/script.ts';
import type { Result } from '../../../src/core/types.ts';
import { bundleProgram } from '../../support/bundle-program.ts';
import { serve, startOllama } from '../../support/fake-ollama.ts';
import { fc } from '../../support/fc.ts';
import { asking, clock, hear, never, openClient, troubleIn } from '../../support/model-client.ts';

/** Older ones never send a request of `http` to a proxy. */
const knowsProxies = Number(process.versions.node.split('.')[0]) >= 22;

const hostOf = (text: string) => {
  const host = parseOllamaHost(text);
  if (!host.ok) throw new Error(host.error.message);
  return host.value;
};
async function* inChunks(bytes: Buffer, size: number): AsyncIterable<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
async function all<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}
const textsOf = (lines: readonly Result<string>[]) =>
  lines.map((line) => (line.ok ? line.value : troubleIn(line)));

describe('lines of a stream', () => {
  it('are whole, wherever the bytes are torn', async () => {
    const line = fc.string({ unit: 'grapheme', maxLength: 20 }).map((text) => JSON.stringify(text));
    await fc.assert(
      fc.asyncProperty(fc.array(line), fc.integer({ min: 1, max: 7 }), async (lines, size) => {
        const bytes = Buffer.from(lines.join('\n'));
        expect(textsOf(await all(splitLines(inChunks(bytes, size))))).toEqual(lines);
      }),
      { numRuns: 60 },
    );
  });

  it('may be long, and end with a carriage return, or not at all', async () => {
    const long = 'x'.repeat(9 * 1024 * 1024);
    const bytes = Buffer.from(`a\r\n\n${long}\nend`);
    expect(textsOf(await all(splitLines(inChunks(bytes, 65_536))))).toEqual(['a', long, 'end']);
  });

  it('are refused where one has no end', async () => {
    const chunk = Buffer.alloc(1024 * 1024, 0x20);
    async function* endless() {
      for (;;) yield chunk;
    }
    expect(textsOf(await all(splitLines(endless())))).toEqual(['malformed']);
  });
});

describe('the way over HTTP', () => {
  it('sends no header that a server could be confused by, and closes the connection', async () => {
    const seen: object[] = [];
    const { host } = await serve((incoming, response) => {
      seen.push(incoming.headers);
      response.end('{}');
    });
    const request = { method: 'POST', path: '/x', body: { text: 'ä' } } as const;
    const sent = await httpWire.send(hostOf(host), request, never);
    expect(sent.ok && textsOf(await all(sent.value.lines(1000)))).toEqual(['{}']);
    expect(seen).toEqual([
      {
        accept: 'application/json, application/x-ndjson',
        'content-type': 'application/json',
        'content-length': String(Buffer.byteLength('{"text":"ä"}')),
        host,
        connection: 'close',
      },
    ]);
  });

  it.skipIf(!knowsProxies)(
    'goes straight to the host, whatever proxy the environment names',
    async () => {
      const server = await startOllama();
      const proxy = await serve((_, response) => void response.end('{"version":"proxy"}'));
      const address = `http://${proxy.host}`;
      const { stdout } = await promisify(execFile)(
        process.execPath,
        [bundleProgram('ask-version'), server.host],
        { env: { NODE_USE_ENV_PROXY: '1', HTTP_PROXY: address, http_proxy: address } },
      );
      expect(stdout.trim()).toBe('0.33.0');
      expect(proxy.paths).toEqual([]);
    },
  );

  it('asks below the path of the host', async () => {
    const server = await startOllama({ prefix: '/gate' });
    const heard = await hear(openClient(`http://${server.host}/gate/`), asking('hi'));
    expect(heard.end.ok).toBe(true);
  });
});

describe('hosts', () => {
  it('may be several, each once', () => {
    const hosts = parseOllamaHosts(' localhost, 10.0.0.5:80  localhost:11434\n[::1] ');
    expect(hosts.ok && hosts.value.map(({ name }) => name)).toEqual([
      'localhost:11434',
      '10.0.0.5:80',
      '[::1]:11434',
    ]);
    expect(parseOllamaHosts('')).toMatchObject({ value: [{ name: '127.0.0.1:11434' }] });
    expect(parseOllamaHosts('localhost ftp://x')).toMatchObject({ ok: false });
  });
});

const withoutCause = (heard: unknown): string =>
  JSON.stringify(heard, (key, value) => (key === 'cause' ? undefined : value));

describe('a talk that is written down', () => {
  const talk = async () => {
    const server = await startOllama({
      script: [
        { reply: { thinks: 'Hm.', says: 'Grüße.', pieceMs: 5 } },
        { reply: { says: 'one two three', fault: { kind: 'cut', after: 2 } } },
        { reply: { fault: { kind: 'status', status: 500, error: 'no' } } },
      ],
    });
    const exchanges: Exchange[] = [];
    const wire = recordWire(httpWire, clock, (exchange) => exchanges.push(exchange));
    const client = openClient(server.host, { wire });
    const heard = [];
    for (const text of ['a', 'b', 'c']) heard.push(await hear(client, asking(text)));
    return { exchanges, heard, host: server.host };
  };

  it('holds every request and every line, with how it ended', async () => {
    const { exchanges } = await talk();
    const chats = exchanges.filter(({ request }) => request.path === '/api/chat').slice(1);
    expect(chats.map(({ reply }) => [reply.status, reply.end])).toEqual([
      [200, 'complete'],
      [200, 'cut'],
      [500, 'complete'],
    ]);
    const [first] = chats;
    expect(first?.request.body).toMatchObject({ messages: [{ content: 'a' }] });
    const times = first?.reply.lines.map(({ afterMs }) => afterMs) ?? [];
    expect(times.length).toBeGreaterThan(4);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times.at(-1)).toBeGreaterThan(10);
  });

  it('says when somebody left in the middle', async () => {
    const server = await startOllama({ script: [{ reply: { says: 'a b c d e', pieceMs: 20 } }] });
    const exchanges: Exchange[] = [];
    const wire = recordWire(httpWire, clock, (exchange) => exchanges.push(exchange));
    for await (const piece of openClient(server.host, { wire }).chat(asking('hi'), never)) {
      if (piece.kind === 'text') break;
    }
    expect(exchanges.at(-1)?.reply.end).toBe('aborted');
  });

  it('is not held where it is too large, which is said, and all of it is still heard', async () => {
    const long = `"${'x'.repeat(5 * 1024 * 1024)}"`;
    const { host } = await serve((_, response) => void response.end(`${long}\n${long}\n`));
    const told: (readonly [number, boolean])[] = [];
    const wire = recordWire(httpWire, clock, ({ reply }, isWhole) => {
      told.push([reply.lines.length, isWhole]);
    });
    const sent = await wire.send(hostOf(host), { method: 'GET', path: '/x' }, never);
    expect(sent.ok && textsOf(await all(sent.value.lines(1000)))).toEqual([long, long]);
    expect(told).toEqual([[1, false]]);
  });

  it('is stopped again where somebody stopped it', async () => {
    const reply = { status: 200, lines: [{ afterMs: 0, text: '{}' }], end: 'aborted' } as const;
    const silent = { status: 0, lines: [], end: 'aborted' } as const;
    const wire = replayWire([
      { request: { path: '/x' }, reply },
      { request: { path: '/x' }, reply: silent },
    ]);
    const request = { method: 'GET', path: '/x' } as const;
    const sent = await wire.send(hostOf('localhost'), request, never);
    expect(sent.ok && textsOf(await all(sent.value.lines(1)))).toEqual(['{}', 'cancelled']);
    const second = await wire.send(hostOf('localhost'), request, never);
    expect(second).toMatchObject({ ok: false, error: { code: 'cancelled' } });
  });

  it('is heard again without a server, word for word', async () => {
    const { exchanges, heard, host } = await talk();
    const script = readScript(JSON.parse(JSON.stringify(exchanges)));
    if (!script.ok) throw new Error(script.error.message);
    const client = openClient(host, { wire: replayWire(script.value) });
    for (const [at, text] of ['a', 'b', 'c'].entries()) {
      const again = await hear(client, asking(text));
      expect(withoutCause(again)).toBe(withoutCause(heard[at]));
    }
    expect((await hear(client, asking('d'))).trouble).toBe('unreachable');
  });

  it('is heard from a server that plays it, to the moment', async () => {
    const { exchanges, heard } = await talk();
    const script = exchanges
      .filter(({ request }) => request.path === '/api/chat')
      .map(({ request, reply }) => ({ when: request, reply }));
    const server = await startOllama({ script });
    const started = performance.now();
    const again = await hear(openClient(server.host), asking('a'));
    expect(again).toMatchObject({ text: heard[0]?.text, thinking: heard[0]?.thinking });
    expect(performance.now() - started).toBeGreaterThan(15);
  });

  it('can be played as slowly as it was, and stopped', async () => {
    const lines = [0, 5000].map((afterMs) => ({ afterMs, text: '{}' }));
    const reply = { status: 200, lines, end: 'complete' } as const;
    const wire = replayWire([{ request: { path: '/x' }, reply }], 1);
    const controller = new AbortController();
    const request = { method: 'GET', path: '/x' } as const;
    const sent = await wire.send(hostOf('localhost'), request, controller.signal);
    setTimeout(() => controller.abort(), 30);
    expect(sent.ok && textsOf(await all(sent.value.lines(1)))).toEqual(['{}', 'cancelled']);
  });
});
