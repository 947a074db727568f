import { describe, expect, it } from 'vitest';
import type { PullPiece } from '../../../src/core/types.ts';
import { startOllama } from '../../support/fake-ollama.ts';
import { asking, hear, never, openClient, troubleIn } from '../../support/model-client.ts';
import type { PullStep } from '../../support/ollama/answer-pull.ts';
import { fakeModel } from '../../support/ollama/fake-model.ts';

describe('the window of a model', () => {
  const windowOf = async (
    model: Parameters<typeof fakeModel>[1],
    more: Parameters<typeof openClient>[1] = {},
  ) => {
    const server = await startOllama({ models: [fakeModel('tiny', model)] });
    const window = await openClient(server.host, more).window('tiny', never);
    return window.ok ? [window.value.tokens, window.value.from] : window.error;
  };

  it('is what its makers chose, else the usual, and never more than it was made for', async () => {
    expect(await windowOf({})).toEqual([8192, 'default']);
    expect(await windowOf({}, { usualContextTokens: 12_288 })).toEqual([12_288, 'default']);
    expect(await windowOf({ contextLength: 2048 })).toEqual([2048, 'default']);
    expect(await windowOf({ modelfile: 'stop "x"\nnum_ctx 5000' })).toEqual([5000, 'model']);
    expect(await windowOf({ modelfile: 'num_ctx 99999' })).toEqual([32_768, 'model']);
  });

  it('is that of the model as it is loaded, unless that is tiny', async () => {
    const server = await startOllama();
    await hear(openClient(server.host, { usualContextTokens: 3000 }), asking('hi'));
    expect(await openClient(server.host).window('tiny', never)).toMatchObject({
      value: { tokens: 3000, from: 'loaded' },
    });
    const small = await startOllama();
    await hear(openClient(small.host, { usualContextTokens: 600 }), asking('hi'));
    expect(await openClient(small.host).window('tiny', never)).toMatchObject({
      value: { tokens: 8192 },
    });
  });

  it('is what was learned of the model, unless it is loaded with another one', async () => {
    const learnedContextTokens = () => 3000;
    expect(await windowOf({}, { learnedContextTokens })).toEqual([3000, 'learned']);
    expect(await windowOf({ modelfile: 'num_ctx 5000' }, { learnedContextTokens })).toEqual([
      3000,
      'learned',
    ]);
    expect(await windowOf({ contextLength: 2048 }, { learnedContextTokens })).toEqual([
      2048,
      'learned',
    ]);
    const server = await startOllama();
    await hear(openClient(server.host, { usualContextTokens: 6000 }), asking('hi'));
    expect(
      await openClient(server.host, { learnedContextTokens }).window('tiny', never),
    ).toMatchObject({ value: { tokens: 6000, from: 'loaded' } });
  });

  it('asks what was learned by what the model is, not by its name', async () => {
    const asked: string[] = [];
    const model = fakeModel('tiny');
    const server = await startOllama({ models: [model] });
    const learnedContextTokens = (digest: string) => asked.push(digest) && 0;
    await openClient(server.host, { learnedContextTokens }).window('tiny', never);
    expect(asked).toEqual([model.digest]);
  });

  it('is one for all requests of a session, whatever they are for', async () => {
    const server = await startOllama({ models: [fakeModel('tiny', { contextLength: 4096 })] });
    const client = openClient(server.host);
    await client.warm('tiny', never);
    await hear(client, asking('chat'));
    await hear(client, asking('plan', { output: { kind: 'schema', schema: { type: 'object' } } }));
    await hear(client, asking('short', { maxTokens: 20 }));
    await client.embed({ model: 'tiny:latest', texts: ['a'] }, never);
    await client.setWindow('tiny', 2000, never);
    await hear(client, asking('more'));
    expect(server.loads).toEqual([{ model: 'tiny:latest', contextTokens: 4096 }]);
  });

  it('may be set before the first request, and afterwards only grows, in announced steps', async () => {
    const server = await startOllama();
    const client = openClient(server.host);
    expect(await client.setWindow('tiny', 4096, never)).toMatchObject({
      value: { tokens: 4096, from: 'chosen', maxTokens: 32_768 },
    });
    expect(await client.setWindow('tiny', 3000, never)).toMatchObject({ value: { tokens: 3000 } });
    await hear(client, asking('one'));
    expect(await client.setWindow('tiny', 2500, never)).toMatchObject({ value: { tokens: 3000 } });
    expect(await client.setWindow('tiny', 6000, never)).toMatchObject({ value: { tokens: 6000 } });
    const heard = await hear(client, asking('two'));
    expect(heard.pieces[0]).toMatchObject({ kind: 'loading', why: 'window' });
    expect(server.loads.map(({ contextTokens }) => contextTokens)).toEqual([3000, 6000]);
  });

  it('does not grow for ever', async () => {
    const server = await startOllama();
    const client = openClient(server.host);
    await client.setWindow('tiny', 1000, never);
    await hear(client, asking('one'));
    const grown = [];
    for (const tokens of [2000, 3000, 4000, 5000, 6000]) {
      grown.push(troubleIn(await client.setWindow('tiny', tokens, never)));
    }
    expect(grown).toEqual([undefined, undefined, undefined, undefined, 'window']);
    expect(await client.setWindow('tiny', 999_999, never)).toMatchObject({ ok: false });
  });
});

describe('loading and unloading', () => {
  it('says how long it took, and makes the next answer begin at once', async () => {
    const server = await startOllama({ models: [fakeModel('tiny', { loadMs: 60 })] });
    const client = openClient(server.host);
    const warmed = await client.warm('tiny', never);
    expect(warmed.ok && warmed.value.tookMs).toBeGreaterThan(50);
    expect((await hear(client, asking('hi'))).kinds[0]).toBe('reading');
  });

  it('loads a model that only makes vectors, too', async () => {
    const model = fakeModel('nomic', { capabilities: ['embedding'] });
    const server = await startOllama({ models: [model] });
    expect(await openClient(server.host).warm('nomic', never)).toMatchObject({ ok: true });
    expect(server.loads).toHaveLength(1);
  });

  it('takes it out of memory', async () => {
    const server = await startOllama();
    const client = openClient(server.host);
    await client.warm('tiny', never);
    expect(await client.list(never)).toMatchObject({
      value: [{ loaded: { contextTokens: 8192 } }],
    });
    expect(await client.unload('tiny', never)).toEqual({ ok: true, value: undefined });
    expect(await client.list(never)).toMatchObject({ value: [{ loaded: null }] });
  });

  it('fails for what is not there', async () => {
    const server = await startOllama();
    expect(troubleIn(await openClient(server.host).warm('zz', never))).toBe('no-model');
    expect(troubleIn(await openClient(server.host).unload('zz', never))).toBe('no-model');
  });
});

describe('pulling', () => {
  const pullWith = async (pulls?: readonly PullStep[], model = 'new:1b') => {
    const server = await startOllama(pulls === undefined ? {} : { pulls });
    const client = openClient(server.host);
    const pieces: PullPiece[] = [];
    for await (const piece of client.pull(model, never)) pieces.push(piece);
    const end = pieces.pop();
    return { pieces, result: end?.kind === 'end' ? end.result : undefined, client };
  };

  it('shows how far it is over all parts, and has the model afterwards', async () => {
    const { pieces, result, client } = await pullWith();
    expect(result).toEqual({ ok: true, value: undefined });
    expect(
      pieces.map((piece) => piece.kind === 'pulling' && [piece.doneBytes, piece.totalBytes]),
    ).toEqual([
      [0, 0],
      [0, 1000],
      [400, 1000],
      [1000, 1000],
      [1050, 1050],
      [1050, 1050],
      [1050, 1050],
    ]);
    const cards = await client.list(never);
    expect(cards.ok && cards.value.map(({ name }) => name)).toContain('new:1b');
  });

  it('is done only when the server says so', async () => {
    const some: readonly PullStep[] = [{ status: 'pulling manifest' }];
    expect(troubleIn((await pullWith(some)).result as never)).toBe('pull');
    expect(troubleIn((await pullWith([...some, 'tear'])).result as never)).toBe('cut');
  });

  it('says why it failed, which comes with the status of success', async () => {
    const error = 'pull model manifest: file does not exist';
    const { result } = await pullWith([{ status: 'pulling manifest' }, { error }]);
    expect(result).toMatchObject({
      error: { data: { trouble: 'pull' }, hint: expect.stringContaining('name') },
    });
  });

  it('can be stopped, which tells the server', async () => {
    const server = await startOllama();
    const controller = new AbortController();
    const ends = [];
    for await (const piece of openClient(server.host).pull('new:1b', controller.signal)) {
      controller.abort();
      if (piece.kind === 'end') ends.push(troubleIn(piece.result));
    }
    expect(ends).toEqual(['cancelled']);
  });
});

describe('vectors', () => {
  it('come one for each text, with what made them', async () => {
    const model = fakeModel('nomic', { capabilities: ['embedding'], dimension: 16 });
    const server = await startOllama({ models: [model] });
    const made = await openClient(server.host).embed({ model: 'nomic', texts: ['a', 'b'] }, never);
    expect(made).toMatchObject({ value: { dimension: 16, digest: model.digest, promptTokens: 2 } });
    expect(made.ok && made.value.vectors[0]).toBeInstanceOf(Float32Array);
    expect(server.requests.find(({ path }) => path === '/api/embed')?.body).toMatchObject({
      truncate: false,
      options: { num_ctx: 8192 },
    });
  });

  it('are refused for a text that is too long, for too many, and by a server that has none', async () => {
    const server = await startOllama({ models: [fakeModel('tiny', { contextLength: 1024 })] });
    const client = openClient(server.host);
    const embed = (texts: readonly string[]) => client.embed({ model: 'tiny', texts }, never);
    expect(troubleIn(await embed(['1 '.repeat(3000)]))).toBe('window');
    expect(troubleIn(await embed(Array.from({ length: 600 }, () => 'a')))).toBe('too-long');
    expect(await embed([])).toMatchObject({ value: { vectors: [], dimension: 0 } });
  });
});
