import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/core/types.ts';
import { serve, startOllama } from '../../support/fake-ollama.ts';
import { asking, hear, never, openClient } from '../../support/model-client.ts';
import { fakeModel } from '../../support/ollama/fake-model.ts';
import type { Spoken } from '../../support/ollama/spoken.ts';

const SCHEMA: JsonObject = {
  type: 'object',
  properties: { steps: { type: 'array', items: { type: 'string' } } },
  required: ['steps'],
};
const forSchema = { output: { kind: 'schema', schema: SCHEMA } } as const;
const tool = { name: 'read_file', description: 'Reads a file.', parameters: { type: 'object' } };
const forTools = { output: { kind: 'tools', tools: [tool], form: 'native' } } as const;
const LONG = Array.from({ length: 200 }, (_, at) => `word${at}`).join(' ');

const faulty = async (reply: Spoken, request = asking('hi')) => {
  const server = await startOllama({ script: [{ reply }] });
  return { server, ...(await hear(openClient(server.host), request)) };
};

/** Waits until something is so; the test's own time limit ends it otherwise. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe('a window that is too small', () => {
  const full = asking(`${'one two three. '.repeat(500)} And now?`);

  it('is an error of a server that leaves nothing out', async () => {
    const server = await startOllama({ models: [fakeModel('tiny', { contextLength: 1024 })] });
    const client = openClient(server.host);
    // Numbers are more tokens than words: the client cannot know beforehand that they do not fit.
    const heard = await hear(client, asking('1234 '.repeat(800)));
    expect(heard).toMatchObject({ trouble: 'window', kinds: ['loading', 'reading', 'end'] });
    expect(heard.end).toMatchObject({ error: { hint: expect.stringContaining('larger window') } });
  });

  it.each([
    'the input length exceeds the context length',
    'the prompt is longer than the context length currently available to the model; shorten it',
    'the request exceeds the available context size, try increasing it',
  ])('is known by the words of every release: %s', async (error) => {
    const heard = await faulty({ fault: { kind: 'status', status: 400, error } });
    expect(heard.trouble).toBe('window');
  });

  it('is known before anything is loaded, where no tokenizer could help', async () => {
    const server = await startOllama({ models: [fakeModel('tiny', { contextLength: 1024 })] });
    const heard = await hear(openClient(server.host), full);
    expect(heard).toMatchObject({ trouble: 'window', kinds: ['end'] });
    expect(server.chats()).toEqual([]);
  });

  it('is seen in the count of a server that leaves out in silence', async () => {
    const server = await startOllama({
      isSilentlyTruncating: true,
      models: [fakeModel('tiny', { contextLength: 1300 })],
      script: [{ reply: { says: 'I read all of it.', promptTokens: 650 } }],
    });
    const heard = await hear(openClient(server.host), full);
    expect(heard).toMatchObject({ trouble: 'window', text: 'I read all of it.' });
    expect(heard.end).toMatchObject({ error: { message: expect.stringContaining('only 650') } });
  });

  it('is not blamed where a template has no place for all that was sent', async () => {
    const text = 'one two three. '.repeat(100);
    const heard = await faulty({ says: 'Yes.', promptTokens: 9 }, asking(text));
    expect(heard.end).toMatchObject({ ok: true });
  });

  it('is refused before it is asked where the server is too old to say anything', async () => {
    const server = await startOllama({
      version: '0.12.5',
      isSilentlyTruncating: true,
      models: [fakeModel('tiny', { contextLength: 1024 })],
    });
    const heard = await hear(openClient(server.host), asking('1234 '.repeat(800)));
    expect(heard).toMatchObject({ trouble: 'window', kinds: ['end'] });
  });

  it('is seen where an answer grew over it, and its beginning was forgotten', async () => {
    const reply = { says: LONG, promptTokens: 20, answerTokens: 9000 };
    expect((await faulty(reply)).trouble).toBe('window');
  });

  it('is the reason of the end where the answer fills it', async () => {
    const { end } = await faulty({ says: 'As far as it', reason: 'length' });
    expect(end).toMatchObject({ ok: true, value: { why: 'window' } });
  });
});

describe('a server that says what is wrong', () => {
  it('does not have the model: how to get it is said', async () => {
    const server = await startOllama({ models: ['other'] });
    const { end } = await hear(openClient(server.host), asking('hi'));
    expect(end).toMatchObject({
      error: {
        code: 'model',
        message: 'The model tiny is not installed.',
        hint: 'ollama pull tiny',
        data: { trouble: 'no-model' },
      },
    });
  });

  it('lost the model since it was asked for it', async () => {
    const fault = {
      kind: 'status',
      status: 404,
      error: 'model "tiny" not found, try pulling it first',
    };
    expect((await faulty({ fault } as Spoken)).trouble).toBe('no-model');
  });

  it.each([
    'error parsing tool call: raw=\'{"path": "a\nb"}\', err=invalid character \'\\n\' in string literal',
    'XML syntax error on line 4: unexpected EOF',
  ])('cannot read the call of its own model: %s', async (error) => {
    const fault = { kind: 'status', status: 500, error } as const;
    const heard = await faulty({ fault }, asking('hi', forTools));
    expect(heard.trouble).toBe('tool-call');
    expect(heard.end).toMatchObject({ error: { hint: 'Ask again without tools.' } });
    // The same words without tools are something else.
    expect((await faulty({ fault })).trouble).toBe('server');
  });

  it('swallows a call that has no end, and counts its tokens', async () => {
    const heard = await faulty({ says: '', answerTokens: 20 }, asking('hi', forTools));
    expect(heard.trouble).toBe('tool-call');
  });

  it('breaks down in the middle, where the status was that of success', async () => {
    const error = 'an error was encountered while running the model: unexpected EOF';
    const heard = await faulty({ says: LONG, fault: { kind: 'error', after: 7, error } });
    expect(heard).toMatchObject({ trouble: 'server', text: LONG.slice(0, heard.text.length) });
    expect(heard.text.length).toBeGreaterThan(10);
    expect(heard.end).toMatchObject({ error: { message: expect.stringContaining(error) } });
  });

  it('breaks down with an error before the first piece, also in a stream', async () => {
    const error = 'model requires more system memory (9.1 GiB) than is available (4.0 GiB)';
    const inStream = await faulty({ says: LONG, fault: { kind: 'error', after: 0, error } });
    const asStatus = await faulty({ fault: { kind: 'status', status: 500, error } });
    for (const heard of [inStream, asStatus]) {
      expect(heard).toMatchObject({ trouble: 'server', text: '' });
      expect(heard.end).toMatchObject({ error: { hint: expect.stringContaining('smaller') } });
    }
  });

  it('has its queue full', async () => {
    const server = await startOllama({ maxQueue: 0 });
    expect((await hear(openClient(server.host), asking('hi'))).trouble).toBe('busy');
  });
});

describe('an answer that breaks off', () => {
  it('ends without its last line', async () => {
    const heard = await faulty({ says: LONG, fault: { kind: 'end', after: 9 } });
    expect(heard).toMatchObject({ trouble: 'cut', text: LONG.slice(0, heard.text.length) });
  });

  it('loses its server between two tokens', async () => {
    const heard = await faulty({ says: LONG, fault: { kind: 'cut', after: 9 } });
    expect(heard).toMatchObject({ trouble: 'cut', text: LONG.slice(0, heard.text.length) });
    expect(heard.text).not.toBe('');
  });

  it('loses its server before the first token', async () => {
    const heard = await faulty({ says: LONG, fault: { kind: 'cut', after: 0 } });
    expect(heard).toMatchObject({ trouble: 'unreachable', text: '' });
  });

  it('comes from something that sends no JSON', async () => {
    const fault = { kind: 'garbage', after: 3, line: '<html>502 Bad Gateway' } as const;
    expect((await faulty({ says: LONG, fault })).trouble).toBe('malformed');
  });

  it('is torn into single bytes, and whole all the same', async () => {
    const says = 'Grüße, 世界 👩‍👩‍👧, e\u0301 and\nlines';
    const heard = await faulty({ says, fault: { kind: 'tear', bytes: 1 } });
    expect(heard).toMatchObject({ text: says, end: { ok: true } });
  });
});

describe('an answer that was to fit a schema', () => {
  const answered = (reply: Spoken) => faulty(reply, asking('plan', forSchema));

  it('is handed on as a value', async () => {
    const { end } = await answered({ json: { steps: ['a'] } });
    expect(end).toMatchObject({ ok: true, value: { value: { steps: ['a'] } } });
  });

  it('breaks off where the server says so, and where it does not', async () => {
    expect((await answered({ says: '{"steps": ["a", "b', reason: 'length' })).trouble).toBe(
      'cut-json',
    );
    expect((await answered({ says: '{"steps": ["a", "b' })).trouble).toBe('cut-json');
  });

  it('is not what the schema says', async () => {
    const heard = await answered({ json: { steps: 'a' } });
    expect(heard.trouble).toBe('schema');
    expect(heard.end).toMatchObject({
      error: { data: { problems: ['$.steps is string, not array'] } },
    });
  });

  it('is no JSON at all, as the server ignored the schema', async () => {
    expect((await answered({ says: 'Sure! First I would look.' })).trouble).toBe('no-json');
  });

  it('is found in a fence among words, as the server ignored the schema', async () => {
    const says = 'Sure!\n```json\n{"steps": ["a",],} // mine\n```\nHope it helps.';
    expect((await answered({ says })).end).toMatchObject({ value: { value: { steps: ['a'] } } });
  });

  it('is malformed in a way that nobody can read', async () => {
    expect((await answered({ says: '{"steps": [a b c' })).trouble).toMatch(/json/);
  });
});

describe('a model that never ends', () => {
  it.each([
    ['one word', ['ha']],
    ['blanks', ['\n', '  ']],
    ['a line', ['const', ' x', ' =', ' 1;', '\n']],
    ['a paragraph', Array.from({ length: 120 }, (_, at) => ` term${at}`)],
  ])('is stopped when it repeats %s', async (_, pieces) => {
    const { server, trouble, end, text } = await faulty({ pieces, fault: { kind: 'repeat' } });
    expect(trouble).toBe('repetition');
    expect(text.length).toBeLessThan(8000);
    expect(end).toMatchObject({ error: { message: expect.stringContaining('again and again') } });
    await until(() => server.aborted() === 1);
  });

  it('is seen where the server stops it of its own accord, without an end', async () => {
    const pieces = Array.from({ length: 31 }, () => ' nana');
    expect((await faulty({ pieces, fault: { kind: 'end', after: 31 } })).trouble).toBe(
      'repetition',
    );
  });

  it('is stopped when it thinks in circles', async () => {
    const thinks = 'Wait, let me think again about this. '.repeat(300);
    expect((await faulty({ thinks, says: 'yes' })).trouble).toBe('repetition');
  });

  it('is stopped where it says more than any answer has', async () => {
    const page = (at: number) =>
      Array.from({ length: 2000 }, (_, word) => `${at}x${word}`).join(' ');
    const pieces = Array.from({ length: 90 }, (_, at) => page(at));
    const { trouble, text } = await faulty({ pieces });
    expect(trouble).toBe('too-long');
    expect(text.length).toBeLessThan(1_100_000);
  });

  it('may say much that is not the same, and long rows of code', async () => {
    const says = `${'-'.repeat(200)}\n${'  0, 0, 0, 0,\n'.repeat(60)}${LONG}`;
    expect((await faulty({ says })).end).toMatchObject({ ok: true, value: { text: says } });
  });

  it('says nothing, or thinks and says nothing', async () => {
    expect((await faulty({ says: '' })).trouble).toBe('empty');
    expect((await faulty({ thinks: 'hm', says: ' \n' })).trouble).toBe('empty');
  });
});

describe('silence', () => {
  it('before the first piece is no fault, however long it is', async () => {
    const server = await startOllama({
      models: [fakeModel('tiny', { loadMs: 400 })],
      script: [{ reply: { says: 'At last.', firstMs: 600 } }],
    });
    // Limits as small against the silence as two minutes are against twenty.
    const client = openClient(server.host, { limits: { idleMs: 50, idleHeldMs: 50 } });
    const heard = await hear(client, asking('hi'));
    expect(heard).toMatchObject({ text: 'At last.', end: { ok: true } });
    expect(heard.kinds).toEqual(['loading', 'reading', 'text', 'end']);
  });

  it('in the middle is one, and the connection is closed', async () => {
    const server = await startOllama({
      script: [{ reply: { says: LONG, fault: { kind: 'stall', after: 5 } } }],
    });
    const client = openClient(server.host, { limits: { idleMs: 80 } });
    const heard = await hear(client, asking('hi'));
    expect(heard.trouble).toBe('silent');
    expect(heard.text).not.toBe('');
    await until(() => server.aborted() === 1);
  });

  it('of the reader is none of the server', async () => {
    const server = await startOllama({ script: [{ reply: { says: 'one two three' } }] });
    const client = openClient(server.host, { limits: { idleMs: 40 } });
    let text = '';
    for await (const piece of client.chat(asking('hi'), never)) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      if (piece.kind === 'text') text += piece.text;
      if (piece.kind === 'end') expect(piece.result.ok).toBe(true);
    }
    expect(text).toBe('one two three');
  });
});

describe('stopping', () => {
  const slow: Spoken = { says: LONG, firstMs: 300, pieceMs: 50 };

  it.each([
    ['while the model loads', 'loading', 60_000],
    ['while the prompt is read', 'reading', 0],
    ['while the answer is written', 'text', 0],
  ] as const)('%s closes the connection at once', async (_, kind, loadMs) => {
    const server = await startOllama({
      models: [fakeModel('tiny', { loadMs })],
      script: [{ reply: slow }],
    });
    const controller = new AbortController();
    let askedAt = 0;
    const heard = await hear(openClient(server.host), asking('hi'), controller.signal, (piece) => {
      if (piece.kind !== kind || askedAt > 0) return;
      setTimeout(() => {
        askedAt = performance.now();
        controller.abort();
      }, 20);
    });
    expect(heard.trouble).toBe('cancelled');
    expect(performance.now() - askedAt).toBeLessThan(2000);
    await until(() => server.aborted() === 1);
  });

  it('before anything was asked asks nothing', async () => {
    const server = await startOllama();
    const controller = new AbortController();
    controller.abort();
    const heard = await hear(openClient(server.host), asking('hi'), controller.signal);
    expect(heard).toMatchObject({ trouble: 'cancelled', kinds: ['end'] });
    expect(server.requests).toEqual([]);
  });

  it('is also what leaving the loop means', async () => {
    const server = await startOllama({ script: [{ reply: slow }] });
    for await (const piece of openClient(server.host).chat(asking('hi'), never)) {
      if (piece.kind === 'text') break;
    }
    await until(() => server.aborted() === 1);
  });

  it('frees the server for the next request', async () => {
    const server = await startOllama({ script: [{ reply: slow }, { reply: { says: 'Next.' } }] });
    const client = openClient(server.host);
    for await (const piece of client.chat(asking('hi'), never)) if (piece.kind === 'text') break;
    expect((await hear(client, asking('and?'))).text).toBe('Next.');
  });
});

describe('two TinyCodes on one server', () => {
  it('are served one after the other, without loading anything anew', async () => {
    const server = await startOllama({
      parallel: 1,
      models: [fakeModel('tiny', { loadMs: 30 })],
      script: [{ reply: { says: LONG, pieceMs: 1 }, times: 2 }],
    });
    const ends = await Promise.all(
      ['one', 'two'].map((text) => hear(openClient(server.host), asking(text))),
    );
    expect(ends.map((heard) => heard.text)).toEqual([LONG, LONG]);
    expect(server.loads).toEqual([{ model: 'tiny:latest', contextTokens: 8192 }]);
  });

  it('keep the window that the other one loaded', async () => {
    const server = await startOllama();
    await hear(openClient(server.host, { usualContextTokens: 6144 }), asking('hi'));
    await hear(openClient(server.host, { usualContextTokens: 8192 }), asking('hi'));
    expect(server.loads).toEqual([{ model: 'tiny:latest', contextTokens: 6144 }]);
  });

  it('the one that waits can be stopped while it waits', async () => {
    const server = await startOllama({
      parallel: 1,
      script: [{ reply: { says: LONG, pieceMs: 2 }, times: 0 }],
    });
    const first = hear(openClient(server.host), asking('one'));
    await until(() => server.chats().length === 1);
    const controller = new AbortController();
    const second = hear(openClient(server.host), asking('two'), controller.signal);
    await until(() => server.chats().length === 2);
    controller.abort();
    expect((await second).trouble).toBe('cancelled');
    expect((await first).end).toMatchObject({ ok: true });
  });
});

describe('what is not Ollama', () => {
  it('is nothing that listens', async () => {
    const heard = await hear(openClient('127.0.0.1:9'), asking('hi'));
    expect(heard.trouble).toBe('unreachable');
    expect(heard.end).toMatchObject({ error: { hint: 'Start it with: ollama serve' } });
  });

  it('is a redirect, which is not followed, at any point', async () => {
    const other = await startOllama();
    const fault = { kind: 'redirect', to: `http://${other.host}/api/chat` } as const;
    expect((await faulty({ fault })).trouble).toBe('not-ollama');
    const { host } = await serve((_, response) =>
      response.writeHead(307, { location: `http://${other.host}/` }).end(),
    );
    expect((await hear(openClient(host), asking('hi'))).trouble).toBe('not-ollama');
    expect(other.requests).toEqual([]);
  });

  it('is another server', async () => {
    const { host } = await serve((_, response) => void response.end('<html>'));
    expect((await hear(openClient(host), asking('hi'))).trouble).toBe('not-ollama');
  });

  it('is silent when it is asked what it has', async () => {
    const { host } = await serve(() => {});
    const client = openClient(host, { limits: { surveyMs: 60 } });
    const heard = await hear(client, asking('hi'));
    expect(heard.trouble).toBe('silent');
  });
});
