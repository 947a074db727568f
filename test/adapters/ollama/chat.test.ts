import { describe, expect, it } from 'vitest';
import type { ChatPiece, ChatRequest } from '../../../src/core/types.ts';
import { startOllama } from '../../support/fake-ollama.ts';
import { asking, hear, never, openClient, troubleIn } from '../../support/model-client.ts';
import { fakeModel } from '../../support/ollama/fake-model.ts';
import type { Spoken } from '../../support/ollama/spoken.ts';

const thinker = fakeModel('tiny', { capabilities: ['completion', 'tools', 'thinking'] });
const tools = ['read_file', 'list_files'].map((name) => ({
  name,
  description: `Does ${name}.`,
  parameters: { type: 'object', properties: { path: { type: 'string' } }, required: ['path'] },
}));
const native = { kind: 'tools', tools, form: 'native' } as const;
const asText = { kind: 'tools', tools, form: 'text' } as const;
const call = { tool: 'read_file', values: { path: 'a.ts' } };

const talk = async (reply: Spoken, more: Partial<ChatRequest> = {}, model = fakeModel('tiny')) => {
  const server = await startOllama({ models: [model], script: [{ reply }] });
  const heard = await hear(openClient(server.host), asking('hi', more));
  return { server, heard, body: server.chats()[0]?.body ?? {} };
};
const callsIn = (pieces: readonly ChatPiece[]) =>
  pieces.flatMap((piece) => (piece.kind === 'call' ? [piece] : []));

describe('a chat', () => {
  it('loads, reads, answers and ends, and says what it took', async () => {
    const { heard } = await talk({ says: 'Hello there.', promptTokens: 31, answerTokens: 4 });
    expect(heard.kinds).toEqual(['loading', 'reading', 'text', 'end']);
    expect(heard.pieces[0]).toEqual({ kind: 'loading', why: 'cold', sizeBytes: 2_000_000_000 });
    expect(heard.end).toEqual({
      ok: true,
      value: {
        why: 'stop',
        text: 'Hello there.',
        thinking: '',
        calls: [],
        model: 'tiny',
        host: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
        promptTokens: 31,
        answerTokens: 4,
        contextTokens: 8192,
        loadMs: 1,
        promptMs: 1,
        answerMs: expect.any(Number),
        totalMs: expect.any(Number),
        isCached: false,
      },
    });
  });

  it('sends little around what is asked, and the same options to load as to answer', async () => {
    const { server, body } = await talk({ says: 'Hi.' }, { maxTokens: 100, stop: ['END'] });
    expect(body).toEqual({
      model: 'tiny',
      messages: [{ role: 'user', content: 'hi' }],
      stream: true,
      options: { num_ctx: 8192, num_predict: 100, stop: ['END'] },
      keep_alive: '30m',
      truncate: false,
      shift: false,
    });
    const load = server.requests.find((request) => request.path === '/api/chat');
    expect(load?.body).toEqual({
      model: 'tiny',
      messages: [],
      stream: true,
      options: { num_ctx: 8192 },
      keep_alive: '30m',
      truncate: false,
      shift: false,
    });
  });

  it('gives every piece as it comes, long before the end', async () => {
    const server = await startOllama({ script: [{ reply: { says: 'a b c d e f', pieceMs: 30 } }] });
    const times: number[] = [];
    await hear(openClient(server.host), asking('hi'), undefined, ({ kind }) => {
      if (kind === 'text') times.push(performance.now());
    });
    expect((times.at(-1) as number) - (times[0] as number)).toBeGreaterThan(100);
  });

  it('breaks off after as many tokens as it may have', async () => {
    const { heard } = await talk({ says: 'one two three four' }, { maxTokens: 2 });
    expect(heard.end).toMatchObject({ ok: true, value: { why: 'length', text: 'one two' } });
  });

  it('needs a model that can talk', async () => {
    const embedder = fakeModel('tiny', { capabilities: ['embedding'] });
    expect((await talk({}, {}, embedder)).heard.trouble).toBe('no-ability');
  });

  it('learns how many tokens a text is for this model', async () => {
    const text = 'The quick brown fox. '.repeat(100);
    const server = await startOllama({ script: [{ reply: { says: 'y', promptTokens: 1000 } }] });
    const client = openClient(server.host);
    const before = client.estimate('tiny', text);
    await hear(client, asking(text));
    expect(client.estimate('tiny', text)).not.toBe(before);
    expect(Math.abs(client.estimate('tiny', text) - 1000)).toBeLessThan(20);
  });
});

describe('thinking', () => {
  it('comes apart from the answer', async () => {
    const { heard, body } = await talk(
      { thinks: 'Let me see.', says: 'Four.' },
      { thinking: true },
      thinker,
    );
    expect(heard).toMatchObject({ thinking: 'Let me see.', text: 'Four.' });
    expect(heard.end).toMatchObject({ value: { thinking: 'Let me see.', text: 'Four.' } });
    expect(body.think).toBe(true);
  });

  it('is switched off in words, as a model that can think does it otherwise', async () => {
    expect((await talk({ says: 'Four.' }, {}, thinker)).body.think).toBe(false);
  });

  it('is never asked of a model that cannot', async () => {
    const { heard, body } = await talk({ says: 'Four.' }, { thinking: true });
    expect(body).not.toHaveProperty('think');
    expect(heard.end).toMatchObject({ ok: true });
  });

  it('knows only levels in one family', async () => {
    const capabilities = ['completion', 'thinking'];
    const model = fakeModel('tiny', { family: 'gptoss', capabilities });
    expect((await talk({ says: 'y' }, { thinking: false }, model)).body.think).toBe('low');
    expect((await talk({ says: 'y' }, { thinking: true }, model)).body.think).toBe('medium');
    expect((await talk({ says: 'y' }, { thinking: 'high' }, model)).body.think).toBe('high');
  });

  it.each([['<think>\nHm.\n</think>\n\nFour.'], ['<thinking>\nHm.\n</thinking>Four.']])(
    'is taken out of %j, where the model thinks although it should not',
    async (says) => {
      const { heard } = await talk({ says }, {}, thinker);
      expect(heard.thinking.trim()).toBe('Hm.');
      expect(heard.text).toBe('Four.');
    },
  );

  it('goes back along with the calls that it led to', async () => {
    const messages: ChatRequest['messages'] = [
      { role: 'user', text: 'What is in a.ts?' },
      { role: 'assistant', text: '', thinking: 'I look.', calls: [{ id: 'call_7', ...call }] },
      { role: 'tool', tool: 'read_file', call: 'call_7', text: 'let a;' },
    ];
    const { body } = await talk({ says: 'A variable.' }, { messages, output: native }, thinker);
    expect(body.messages).toEqual([
      { role: 'user', content: 'What is in a.ts?' },
      {
        role: 'assistant',
        content: '',
        thinking: 'I look.',
        tool_calls: [
          { id: 'call_7', function: { name: 'read_file', arguments: { path: 'a.ts' } } },
        ],
      },
      { role: 'tool', tool_name: 'read_file', tool_call_id: 'call_7', content: 'let a;' },
    ]);
  });
});

describe('calls', () => {
  it('come as the server read them', async () => {
    const { heard, body } = await talk(
      { says: 'I look.', calls: [call, call] },
      { output: native },
    );
    expect(callsIn(heard.pieces)).toEqual([
      { kind: 'call', call: { id: 'call_0', ...call }, isFromText: false },
      { kind: 'call', call: { id: 'call_1', ...call }, isFromText: false },
    ]);
    expect(heard.text).toBe('I look.');
    expect(heard.end.ok && heard.end.value.calls).toHaveLength(2);
    expect(body.tools).toEqual(tools.map((tool) => ({ type: 'function', function: tool })));
    expect(body).not.toHaveProperty('format');
  });

  it('are not asked of a model that cannot', async () => {
    const model = fakeModel('tiny', { capabilities: ['completion'] });
    const { heard, server } = await talk({ says: 'x' }, { output: native }, model);
    expect(heard.trouble).toBe('no-ability');
    expect(server.chats()).toEqual([]);
  });

  it('are tried with a server that does not say what a model can', async () => {
    const server = await startOllama({ version: '0.6.3', script: [{ reply: { calls: [call] } }] });
    const heard = await hear(openClient(server.host), asking('hi', { output: native }));
    expect(callsIn(heard.pieces)).toHaveLength(1);
  });

  it.each([native, asText])('are read where the model writes them out', async (output) => {
    const says =
      'I look.\n<tool_call>\n{"name": "read_file", "arguments": {"path": "a.ts"}}\n</tool_call>';
    const { heard, body } = await talk({ says }, { output });
    expect(callsIn(heard.pieces)).toEqual([{ kind: 'call', call, isFromText: true }]);
    expect(heard.text).toBe('I look.\n');
    expect(heard.end).toMatchObject({ value: { calls: [call], text: 'I look.\n' } });
    expect(Object.hasOwn(body, 'tools')).toBe(output.form === 'native');
  });

  it('are text where nobody may call anything', async () => {
    const says = '{"name": "read_file", "arguments": {"path": "a.ts"}}';
    const { heard } = await talk({ says });
    expect(heard).toMatchObject({ text: says, kinds: ['loading', 'reading', 'text', 'end'] });
  });

  it('are text where the name is no tool', async () => {
    const says =
      'Write this:\n```json\n{"name": "my-package", "version": "1.0.0"}\n```\nand save it.';
    const { heard } = await talk({ says }, { output: native });
    expect(heard.text).toBe(says);
    expect(callsIn(heard.pieces)).toEqual([]);
  });
});

describe('an answer that was given before', () => {
  const twice = async (more: Partial<ChatRequest>, other: Partial<ChatRequest> = more) => {
    const server = await startOllama({
      models: [thinker],
      script: [{ reply: { thinks: 'Hm.', says: 'One.' } }, { reply: { says: 'Two.' } }],
    });
    const client = openClient(server.host);
    await hear(client, asking('hi', more));
    return { heard: await hear(client, asking('hi', other)), server, client };
  };

  it('is given again without asking, where chance has no part in it', async () => {
    for (const more of [{ temperature: 0 }, { seed: 7, temperature: 0.8 }]) {
      const { heard, server } = await twice(more);
      expect(heard.kinds).toEqual(['thinking', 'text', 'end']);
      expect(heard).toMatchObject({ thinking: 'Hm.', text: 'One.' });
      expect(heard.end).toMatchObject({ value: { isCached: true } });
      expect(server.chats()).toHaveLength(1);
    }
  });

  it('is not, where chance has a part, or where anything else was asked', async () => {
    expect((await twice({})).heard.text).toBe('Two.');
    expect((await twice({ temperature: 0 }, { temperature: 0, maxTokens: 50 })).heard.text).toBe(
      'Two.',
    );
    expect((await twice({ temperature: 0 }, { temperature: 0, output: asText })).heard.text).toBe(
      'Two.',
    );
  });

  it('is not, where the model of that name is another one now', async () => {
    const { client, server } = await twice({ temperature: 0 });
    server.setModels([fakeModel('tiny', { parameters: '8B' })]);
    expect((await hear(client, asking('hi', { temperature: 0 }))).text).toBe('Two.');
  });

  it('is not a failure that is repeated', async () => {
    const server = await startOllama({
      script: [
        { reply: { says: 'a', fault: { kind: 'cut', after: 1 } } },
        { reply: { says: 'b' } },
      ],
    });
    const client = openClient(server.host);
    expect((await hear(client, asking('hi', { temperature: 0 }))).trouble).toBe('cut');
    expect((await hear(client, asking('hi', { temperature: 0 }))).text).toBe('b');
  });
});

describe('an old server', () => {
  const old = async (version: string) => {
    const server = await startOllama({
      version,
      models: [thinker],
      script: [{ reply: { says: 'y' } }],
    });
    return { server, client: openClient(server.host) };
  };

  it('cannot hold an answer to a form: nothing is asked of it', async () => {
    const { server, client } = await old('0.4.7');
    const output = { kind: 'schema', schema: { type: 'object' } } as const;
    const heard = await hear(client, asking('hi', { output }));
    expect(heard.trouble).toBe('old-server');
    expect(heard.end).toMatchObject({ error: { hint: 'Update Ollama.' } });
    expect(server.chats()).toEqual([]);
  });

  it('is not told to think, or not to', async () => {
    const { server, client } = await old('0.8.0');
    expect((await hear(client, asking('hi', { thinking: true }))).end.ok).toBe(true);
    expect(server.chats()[0]?.body).not.toHaveProperty('think');
  });

  it('that makes no vectors of several texts is named as what it is', async () => {
    const { client } = await old('0.2.0');
    const made = await client.embed({ model: 'tiny', texts: ['a'] }, never);
    expect(troubleIn(made)).toBe('old-server');
  });
});
