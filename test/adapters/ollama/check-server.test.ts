import { describe, expect, it } from 'vitest';
import { checkOllama } from '../../../src/adapters/ollama/check-server.ts';
import { serve, serveModels } from '../../support/fake-ollama.ts';

const signal = new AbortController().signal;
const check = (host: string, isInstalled = true) =>
  checkOllama({ host, isInstalled: async () => isInstalled }, signal);

describe('checkOllama', () => {
  it('names version, place and number of models', async () => {
    const { host } = await serveModels([{ name: 'a' }, { name: 'b' }]);
    expect(await check(host)).toEqual({
      check: 'ollama',
      status: 'ok',
      detail: `Ollama 0.33.0 answers at ${host}; 2 models are installed.`,
    });
  });

  it('asks for a model where there is none, not counting those that run elsewhere', async () => {
    const { host } = await serveModels([{ name: 'c', remote_model: 'c' }]);
    expect(await check(host)).toMatchObject({
      status: 'warn',
      detail: expect.stringContaining('no model'),
      remedy: expect.stringContaining('ollama pull'),
    });
  });

  it('tells how to start it, or where it comes from', async () => {
    expect(await check('127.0.0.1:9')).toMatchObject({
      status: 'warn',
      remedy: 'Start it with: models serve',
    });
    expect(await check('127.0.0.1:9', false)).toMatchObject({
      remedy: expect.stringContaining('not installed'),
    });
  });

  it('knows another server by its answers', async () => {
    const { host } = await serve((_, response) => void response.writeHead(500).end());
    expect(await check(host)).toMatchObject({
      status: 'warn',
      detail: expect.stringContaining('500'),
      remedy: expect.stringContaining('OLLAMA_HOST'),
    });
  });

  it('fails for a host that cannot be one', async () => {
    expect(await check('ftp://x')).toMatchObject({ status: 'fail' });
  });
});
