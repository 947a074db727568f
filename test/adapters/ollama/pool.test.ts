import { describe, expect, it } from 'vitest';
import { createModelClient } from '../../../src/adapters/ollama/client.ts';
import { startOllama } from '../../support/fake-ollama.ts';
import { asking, clock, hear, never, openClient, troubleIn } from '../../support/model-client.ts';
import { fakeModel } from '../../support/ollama/fake-model.ts';

const says = (text: string) => ({ script: [{ reply: { says: text }, times: 0 }] });
const request = asking('hi');

describe('several hosts', () => {
  it('are served by the one that has the model', async () => {
    const without = await startOllama({ ...says('without'), models: ['other'] });
    const having = await startOllama(says('having'));
    const client = openClient(`${without.host}, ${having.host}`);
    expect((await hear(client, request)).text).toBe('having');
    expect(without.chats()).toEqual([]);
  });

  it('are served by the one that has it loaded', async () => {
    const first = await startOllama(says('first'));
    const second = await startOllama(says('second'));
    await hear(openClient(second.host), request);
    const heard = await hear(openClient(`${first.host} ${second.host}`), request);
    expect(heard.text).toBe('second');
    expect(heard.kinds[0]).toBe('reading');
  });

  it('are served by the one that has the shortest queue', async () => {
    const slow = { script: [{ reply: { says: 'a b c d e f', pieceMs: 200 }, times: 0 }] };
    const servers = [await startOllama(slow), await startOllama(slow)];
    const client = openClient(servers.map(({ host }) => host).join(','));
    const loading = servers.map(({ host }) => hear(openClient(host), request));
    await Promise.all(loading);
    const asked = () => servers.map((server) => server.chats().length);
    const heard: Promise<unknown>[] = [];
    // Each begins when the one before it is with a server, and none is over by then.
    for (const [one, two] of [
      [2, 1],
      [2, 2],
      [3, 2],
      [3, 3],
    ] as const) {
      heard.push(hear(client, request));
      await expect.poll(asked).toEqual([one, two]);
    }
    await Promise.all(heard);
  });

  it('leave out one that is dead, and try it again after a while', async () => {
    const alive = await startOllama(says('alive'));
    const dying = await startOllama(says('dying'));
    const watch = { ms: 0 };
    const client = openClient(`${dying.host} ${alive.host}`, {
      clock: { monotonicMs: () => watch.ms },
    });
    expect((await hear(client, request)).text).toBe('dying');
    await dying.close();
    expect((await hear(client, request)).text).toBe('alive');
    const back = await startOllama({ ...says('back'), port: dying.port });
    await hear(openClient(back.host), request);
    expect((await hear(client, request)).text).toBe('alive');
    watch.ms += 60_000;
    // Both have it loaded now, and the first one comes first.
    expect((await hear(client, request)).text).toBe('back');
  });

  it('go on with the next where the first one goes before it says anything', async () => {
    const torn = await startOllama({
      script: [{ reply: { fault: { kind: 'cut', after: 0 } }, times: 0 }],
    });
    const full = await startOllama({ maxQueue: 0 });
    const alive = await startOllama(says('alive'));
    const heard = await hear(openClient(`${torn.host} ${full.host} ${alive.host}`), request);
    expect(heard.text).toBe('alive');
  });

  it('do not begin anew with the next once something was said', async () => {
    const torn = await startOllama({
      script: [{ reply: { says: 'one two', fault: { kind: 'cut', after: 1 } } }],
    });
    const alive = await startOllama(says('alive'));
    const heard = await hear(openClient(`${torn.host} ${alive.host}`), request);
    expect(heard).toMatchObject({ text: 'one', trouble: 'cut' });
    expect(alive.chats()).toEqual([]);
  });

  it('are all tried where all of them are dead, every time', async () => {
    const client = openClient('127.0.0.1:9 127.0.0.1:13');
    expect((await hear(client, request)).trouble).toBe('unreachable');
    expect((await hear(client, request)).trouble).toBe('unreachable');
  });

  it('are listed together, each model with its host', async () => {
    const one = await startOllama({ models: ['a'] });
    const two = await startOllama({ models: ['a', 'b'] });
    const cards = await openClient(`${one.host} ${two.host} 127.0.0.1:9`).list(never);
    expect(cards.ok && cards.value.map(({ name, host }) => [name, host])).toEqual([
      ['a:latest', one.host],
      ['a:latest', two.host],
      ['b:latest', two.host],
    ]);
    const servers = await openClient(`${one.host} 127.0.0.1:9`).servers(never);
    expect(servers.map(({ version }) => version.ok)).toEqual([true, false]);
  });
});

describe('nothing leaves the machine', () => {
  const make = (hosts: string, mayLeaveMachine: boolean) =>
    createModelClient({ hosts, mayLeaveMachine, clock });

  it('without the person having named another one', () => {
    expect(troubleIn(make('192.168.1.7', false))).toBe('remote');
    expect(troubleIn(make('localhost gpu.example.org', false))).toBe('remote');
    expect(make('192.168.1.7', true).ok).toBe(true);
    expect(make('localhost, [::1], 127.0.0.2, ::', false).ok).toBe(true);
    expect(make('', false).ok).toBe(true);
  });

  it('for a service on the internet, whoever named it', () => {
    expect(troubleIn(make('https://ollama.com', true))).toBe('remote');
    expect(troubleIn(make('api.ollama.com', true))).toBe('remote');
  });

  it.each(['gpt-oss:120b-cloud', 'qwen3-coder:cloud', 'x/y:CLOUD', 'm:7B-Cloud'])(
    'through the tag %s, of which nobody is even asked',
    async (model) => {
      const server = await startOllama({ models: [fakeModel(model)] });
      const client = openClient(server.host);
      expect((await hear(client, { ...request, model })).trouble).toBe('remote');
      expect(troubleIn(await client.embed({ model, texts: ['a'] }, never))).toBe('remote');
      expect(troubleIn(await client.warm(model, never))).toBe('remote');
      expect(troubleIn(await client.show(model, never))).toBe('remote');
      for await (const piece of client.pull(model, never)) {
        expect(piece.kind === 'end' && troubleIn(piece.result)).toBe('remote');
      }
      expect(server.requests).toEqual([]);
    },
  );

  it('through a model that has a plain name and runs elsewhere', async () => {
    const remoteHost = 'https://ollama.com:443';
    const server = await startOllama({ models: [fakeModel('tiny', { remoteHost })] });
    const client = openClient(server.host);
    expect((await hear(client, request)).trouble).toBe('remote');
    expect(server.chats()).toEqual([]);
    expect(await client.list(never)).toMatchObject({ value: [{ isRemote: true }] });
    expect(server.requests.map(({ path }) => path)).not.toContain('/api/show');
  });

  it('through one that became remote: its first word is its last', async () => {
    const line = { remote_host: 'https://ollama.com', message: { content: 'hi' }, done: false };
    const lines = Array.from({ length: 3 }, () => ({ afterMs: 0, text: JSON.stringify(line) }));
    const server = await startOllama({
      script: [{ reply: { status: 200, lines, end: 'complete' } }],
    });
    expect(await hear(openClient(server.host), request)).toMatchObject({
      trouble: 'remote',
      text: '',
    });
  });

  it('through a name that is made to mean another address', async () => {
    const server = await startOllama(says('here'));
    // The look-up of names is never asked what `localhost` is.
    const heard = await hear(openClient(`localhost:${server.port}`), request);
    expect(heard.text).toBe('here');
  });
});
