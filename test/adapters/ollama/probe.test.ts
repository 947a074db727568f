import { describe, expect, it } from 'vitest';
import { createModelProbe } from '../../../src/adapters/ollama/probe.ts';
import { serve, serveModels } from '../../support/fake-ollama.ts';

const signal = new AbortController().signal;
const look = (host: string, model = '') => createModelProbe({ host, model }).look(signal);

describe('look', () => {
  it('takes the configured model, whether its tag is written or not', async () => {
    const { host } = await serveModels([{ name: 'a:7b' }, { name: 'b:latest' }]);
    expect(await look(host, 'b')).toEqual({ kind: 'ready', name: 'b:latest' });
    expect(await look(host, 'a:7b')).toEqual({ kind: 'ready', name: 'a:7b' });
  });

  it('takes the first installed model that can talk and runs here', async () => {
    const { host } = await serveModels([
      { name: 'nomic', details: { families: ['nomic-bert'] } },
      { name: 'big-cloud', remote_host: 'https://ollama.com:443' },
      { name: 'small:1b', details: { families: ['llama'] } },
    ]);
    expect(await look(host)).toEqual({ kind: 'ready', name: 'small:1b' });
  });

  it('names what to pull for a model that is not there', async () => {
    const { host } = await serveModels([{ name: 'a:7b' }]);
    expect(await look(host, 'zz')).toEqual({
      kind: 'missing',
      why: 'The model zz is not installed.',
      remedy: 'ollama pull zz',
    });
  });

  it('refuses a model that runs elsewhere', async () => {
    const { host } = await serveModels([{ name: 'c', remote_model: 'c' }]);
    expect(await look(host, 'c')).toMatchObject({
      kind: 'missing',
      why: expect.stringContaining('offline'),
    });
    expect(await look(host)).toMatchObject({ kind: 'missing' });
  });

  it('tells how to start a server that does not answer', async () => {
    expect(await look('127.0.0.1:9')).toEqual({
      kind: 'missing',
      why: 'Ollama does not answer at 127.0.0.1:9: nothing listens there.',
      remedy: 'Start it with: ollama serve',
    });
  });

  it('asks below the path of the configured host', async () => {
    const { host, paths } = await serveModels([{ name: 'a' }], '/gate');
    expect(await look(`http://${host}/gate/`)).toEqual({ kind: 'ready', name: 'a' });
    expect(paths).toEqual(['/gate/api/tags']);
  });

  it('follows no redirect', async () => {
    const target = await serveModels([{ name: 'a' }]);
    const { host } = await serve((_, response) => {
      response.writeHead(302, { location: `http://${target.host}/api/tags` }).end();
    });
    expect(await look(host)).toMatchObject({
      kind: 'missing',
      why: expect.stringContaining('redirect'),
    });
    expect(target.paths).toEqual([]);
  });

  it('gives up soon on a server that is silent, or that never ends', async () => {
    const silent = await serve(() => {});
    const started = performance.now();
    expect(await look(silent.host)).toMatchObject({
      why: expect.stringContaining('takes too long'),
    });
    expect(performance.now() - started).toBeLessThan(5000);
    const endless = await serve((_, response) => {
      response.writeHead(200);
      const piece = Buffer.alloc(256 * 1024, ' ');
      const more = () => {
        while (!response.destroyed && response.write(piece));
        if (!response.destroyed) response.once('drain', more);
      };
      more();
    });
    expect(await look(endless.host)).toMatchObject({ why: expect.stringMatching(/too long/) });
  });

  it.each(['no json', '[]', '{"models": 5}', 'null'])(
    'knows that %j is not from Ollama',
    async (body) => {
      const { host } = await serve((_, response) => void response.end(body));
      expect(await look(host)).toMatchObject({
        kind: 'missing',
        remedy: expect.stringContaining('OLLAMA_HOST'),
      });
    },
  );

  it('survives a server that breaks off, and odd entries in its list', async () => {
    const broken = await serve((_, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{"models":');
      setTimeout(() => response.destroy(), 20);
    });
    expect(await look(broken.host)).toMatchObject({ kind: 'missing' });
    const odd = await serveModels([{}, { name: 5 }, [] as object, { model: 'm' }]);
    expect(await look(odd.host)).toEqual({ kind: 'ready', name: 'm' });
  });

  it('stops at once when it is cancelled', async () => {
    const { host } = await serve(() => {});
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 50);
    const started = performance.now();
    expect(await createModelProbe({ host, model: '' }).look(controller.signal)).toMatchObject({
      kind: 'missing',
    });
    expect(performance.now() - started).toBeLessThan(1000);
  });

  it('explains a host that cannot be one', async () => {
    expect(await look('ftp://x')).toMatchObject({
      kind: 'missing',
      remedy: expect.stringContaining('host:port'),
    });
  });
});
