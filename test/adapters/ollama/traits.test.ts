import { describe, expect, it } from 'vitest';
import { startOllama } from '../../support/fake-ollama.ts';
import { asking, hear, never, openClient } from '../../support/model-client.ts';
import { fakeModel } from '../../support/ollama/fake-model.ts';

describe('what a model is and can do', () => {
  it('is asked for once in a session, and again after a pull', async () => {
    const server = await startOllama({ models: [fakeModel('tiny')] });
    const client = openClient(server.host);
    const { digest } = fakeModel('tiny');
    const able = { ok: true, value: { digest, abilities: ['completion', 'tools'] } };
    expect(await client.traits('tiny', never)).toEqual(able);
    const asked = server.requests.length;
    expect(await client.traits('tiny', never)).toEqual(able);
    expect(server.requests).toHaveLength(asked);
    server.setModels([fakeModel('tiny', { capabilities: ['completion'] })]);
    for await (const piece of client.pull('tiny', never)) expect(piece.kind).toBeTruthy();
    const now = await client.traits('tiny', never);
    expect(now).toMatchObject({ ok: true, value: { abilities: ['completion'] } });
  });

  it('is not kept where it could not be asked', async () => {
    const server = await startOllama({ models: [] });
    const client = openClient(server.host);
    expect((await client.traits('tiny', never)).ok).toBe(false);
    server.setModels(['tiny']);
    expect((await client.traits('tiny', never)).ok).toBe(true);
  });
});

describe('tools that go beside the messages', () => {
  it('count as read, so that they do not pass for a text that has more tokens than others', async () => {
    const server = await startOllama({ script: [{ reply: { says: 'Yes.' }, times: 0 }] });
    const client = openClient(server.host);
    const tools = Array.from({ length: 20 }, (_, at) => ({
      name: `tool_${at}`,
      description: 'Does something that takes some words to be said.',
      parameters: { type: 'object', properties: { path: { type: 'string' } } },
    }));
    const text = 'some plain words of a request '.repeat(60);
    const reading = async (request: ReturnType<typeof asking>): Promise<number> => {
      const { pieces } = await hear(client, request);
      const piece = pieces.find(({ kind }) => kind === 'reading');
      return piece?.kind === 'reading' ? piece.estimatedTokens : 0;
    };
    const before = client.estimate('tiny', text);
    const plain = await reading(asking(text));
    const withTools = await reading(
      asking(text, { output: { kind: 'tools', tools, form: 'native' } }),
    );
    expect(withTools).toBeGreaterThan(plain + 300);
    expect(client.estimate('tiny', text) / before).toBeLessThan(1.6);
  });
});
