import { describe, expect, it } from 'vitest';
import { startOllama } from '../support/fake-ollama.ts';
import { fakeModel } from '../support/ollama/fake-model.ts';
import type { ServerOptions } from '../support/ollama/scripted-server.ts';
import { newPerson } from '../support/tinycode.ts';

const MODELS = [
  fakeModel('coder:7b', { size: 4_700_000_000, parameters: '7.6B' }),
  fakeModel('small:1b', { contextLength: 8_192, capabilities: ['completion'] }),
  fakeModel('vectors', { capabilities: ['embedding'] }),
  fakeModel('far:cloud', { remoteHost: 'https://ollama.com' }),
];

async function begin(options: ServerOptions = {}) {
  const ollama = await startOllama({ models: MODELS, ...options });
  const person = newPerson();
  const env = { OLLAMA_HOST: ollama.host };
  const run = (...args: readonly string[]) => person.run(args, { env });
  const json = async (...args: readonly string[]) => {
    const ended = await run(...args, '--json');
    return { ...ended, data: JSON.parse(ended.stdout) };
  };
  return { ollama, person, run, json };
}

describe('models', () => {
  it('lists what is installed, with what it can and whether it is loaded', async () => {
    const { json } = await begin();
    await json('models', 'warm', 'small:1b');
    const { code, data } = await json('models');
    expect(code).toBe(0);
    expect(
      data.map(({ name, loaded }: { name: string; loaded: boolean }) => [name, loaded]),
    ).toEqual([
      ['coder:7b', false],
      ['small:1b', true],
      ['vectors:latest', false],
      ['far:cloud', false],
    ]);
    expect(data[1]).toMatchObject({
      contextLength: 8_192,
      capabilities: ['completion'],
      activeContext: 8_192,
    });
    expect(data[3]).toMatchObject({ remote: true, capabilities: [] });
  });

  it('shows sizes, quantisation and windows as a table', async () => {
    const { run } = await begin();
    const { stdout } = await run('models');
    expect(stdout).toMatch(/› +coder:7b +4\.7 GB +7\.6B Q4_K_M +32k/);
    expect(stdout).toMatch(/far:cloud.*runs elsewhere: refused/);
  });

  it('ends with code 6 where no server answers', async () => {
    const { code, data } = await newPerson().json(['models']);
    expect(code).toBe(6);
    expect(data).toMatchObject({ error: { code: 'model' } });
  });

  it('lets another one answer, which stays so', async () => {
    const { json, ollama } = await begin();
    expect((await json('models', 'use', 'small:1b')).code).toBe(0);
    expect((await json('ask', 'hi')).data).toMatchObject({ model: 'small:1b' });
    expect(ollama.chats().at(-1)?.body?.model).toBe('small:1b');
  });

  it.each([
    ['smal:1b', 'Did you mean small:1b?'],
    ['vectors', 'cannot talk'],
    ['far:cloud', "somebody else's machine"],
  ])('refuses to let %s answer', async (name, words) => {
    const { json } = await begin();
    const { code, data } = await json('models', 'use', name);
    expect(code).toBe(6);
    expect(JSON.stringify(data)).toContain(words);
  });

  it('loads a model and takes it out again', async () => {
    const { json, ollama } = await begin();
    expect((await json('models', 'warm')).data).toEqual({ model: 'coder:7b' });
    expect(ollama.loads).toHaveLength(1);
    await json('ask', 'hi');
    expect(ollama.loads).toHaveLength(1);
    await json('models', 'unload');
    expect((await json('models')).data[0]).toMatchObject({ loaded: false });
  });

  it('never downloads unasked: without a person it wants to be told', async () => {
    const { json, ollama } = await begin();
    const { code, data } = await json('models', 'pull', 'new:1b');
    expect(code).toBe(3);
    expect(data.error.hint).toBe('models pull new:1b --yes');
    expect(ollama.requests.map(({ path }) => path)).not.toContain('/api/pull');
  });

  it('downloads when it is told to, says how far it is, and records it', async () => {
    const pulls = [0, 400, 1_000].map((done) => ({
      status: 'pulling aaaa',
      digest: 'sha256:aaaa',
      total: 1_000_000_000,
      completed: done * 1_000_000,
    }));
    const { json, person } = await begin({ pulls: [...pulls, { status: 'success' }] });
    const { code, stderr } = await json('models', 'pull', 'new:1b', '--yes');
    expect(code).toBe(0);
    expect(stderr).toBe('0 of 1000 MB\n400 of 1000 MB\n1000 of 1000 MB\n');
    expect((await json('models')).data[0]).toMatchObject({ name: 'new:1b' });
    const { stdout } = await person.run(['audit', 'export', '--json']);
    expect(stdout).toMatch(/"action":"model\.pull".*"phase":"intent"/);
  });

  it('says why a download failed, and that it goes on where it was', async () => {
    const { json } = await begin({ pulls: [{ status: 'pulling manifest' }, 'tear'] });
    const { code, data } = await json('models', 'pull', 'new:1b', '--yes');
    expect(code).toBe(6);
    expect(data.error.message).not.toBe('');
  });

  it.each(['far:cloud', '../x', '-x y'])('refuses to download %s', async (name) => {
    const { run, ollama } = await begin();
    expect((await run('models', 'pull', '--yes', '--', name)).code).toBeGreaterThan(1);
    expect(ollama.requests.map(({ path }) => path)).not.toContain('/api/pull');
  });
});
