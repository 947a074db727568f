import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startOllama } from '../support/fake-ollama.ts';
import { fakeModel } from '../support/ollama/fake-model.ts';
import type { ServerOptions } from '../support/ollama/scripted-server.ts';
import type { Fault } from '../support/ollama/spoken.ts';
import { SHOP, writeFiles } from '../support/shop.ts';
import { newPerson } from '../support/tinycode.ts';

const ANSWER = 'The cart rounds each price to cents (src/cart.ts:3).\n\nNothing else does.';

async function begin(options: ServerOptions = {}, files = SHOP) {
  const ollama = await startOllama({ script: [{ reply: { says: ANSWER }, times: 0 }], ...options });
  const person = newPerson();
  writeFiles(person.project, files);
  const env = { OLLAMA_HOST: ollama.host };
  const run = (...args: readonly string[]) => person.run(args, { env });
  const json = async (...args: readonly string[]) => {
    const ended = await run(...args, '--json');
    return { ...ended, data: JSON.parse(ended.stdout) };
  };
  const messages = () =>
    (ollama.chats().at(-1)?.body?.messages ?? []) as unknown as readonly {
      readonly role: string;
      readonly content: string;
    }[];
  return { ollama, person, run, json, messages };
}

describe('ask', () => {
  it('prints one document with the answer, what it cites, and what it took', async () => {
    const { json, ollama } = await begin();
    const { code, data, stderr } = await json('ask', 'where do we round prices?');
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(data).toMatchObject({
      answer: ANSWER,
      sources: [{ path: 'src/cart.ts', startLine: 1, endLine: 4 }],
      model: 'tiny:latest',
      truncated: false,
      cited: true,
      notes: [],
    });
    expect(data.promptTokens).toBeGreaterThan(50);
    expect(data.answerTokens).toBeGreaterThan(5);
    expect(ollama.loads).toHaveLength(1);
  });

  it('gives the model what was found, as data, and nothing of it as the system', async () => {
    const { json, messages } = await begin();
    await json('ask', 'where do we round prices?');
    const [system, user] = messages();
    expect(system?.role).toBe('system');
    expect(system?.content).not.toContain('cart.ts');
    expect(user?.content).toContain('== src/cart.ts\n1: /** A cart. */\n2: export function round');
    expect(user?.content).toContain('== src/invoice.ts');
    expect(user?.content).not.toContain('login = ');
    expect(user?.content.endsWith('The request:\nwhere do we round prices?')).toBe(true);
  });

  it('never gives it a file that usually holds secrets, whether found or named', async () => {
    const { json, messages } = await begin();
    const { data } = await json('ask', 'what is the round price secret in @.env?');
    expect(JSON.stringify(messages())).not.toContain('hunter2');
    expect(data.notes.join()).toContain('.env was left out');
  });

  it('asks a greeting without any file, in less than 4 KB', async () => {
    const { json, ollama } = await begin();
    const { data } = await json('ask', 'hi');
    expect(data.sources).toEqual([]);
    const [chat] = ollama.chats();
    expect(JSON.stringify(chat?.body).length).toBeLessThan(4_096);
    expect(JSON.stringify(chat?.body)).not.toContain('cart.ts');
  });

  it('gives what is mentioned: files, lines, folders, names, and says what is not there', async () => {
    const { json, messages } = await begin();
    const { data } = await json(
      'ask',
      'compare @src/cart.ts:2-3 with @invoiceTotal and @src and @nothing.ts',
    );
    const text = messages()[1]?.content ?? '';
    expect(text).toContain('== src/cart.ts\n2: export function roundPrice');
    expect(text).toContain('== src/invoice.ts\n3: export function invoiceTotal');
    expect(text).toContain('| src/login.ts');
    expect(data.notes).toEqual([
      '@nothing.ts is no file here, and no definition of that name was found.',
    ]);
  });

  it('prints the answer and its sources as text', async () => {
    const { run } = await begin();
    const { code, stdout } = await run('ask', 'where do we round prices?');
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^The cart rounds .*\n\nNothing else does\.\n\nsrc\/cart\.ts:1-4 {4}.*\d s\n$/,
    );
  });

  it('says that nothing was cited, and names all that was given', async () => {
    const { json, run } = await begin({ script: [{ reply: { says: 'Somewhere.' }, times: 0 }] });
    const { data } = await json('ask', 'where do we round prices?');
    expect(data.cited).toBe(false);
    expect(data.sources.length).toBeGreaterThan(1);
    expect((await run('ask', 'where do we round prices?')).stdout).toContain('given, none cited:');
  });

  it('says that an answer broke off', async () => {
    const { json } = await begin({
      script: [
        {
          reply: { says: Array.from({ length: 4_000 }, (_, at) => `word${at}`).join(' ') },
          times: 0,
        },
      ],
    });
    const { code, data } = await json('ask', 'hi');
    expect(code).toBe(0);
    expect(data.truncated).toBe(true);
    expect(data.notes.join()).toContain('breaks off');
  });

  it('keeps within a small window, and says what of a named file did not fit', async () => {
    const big = Array.from({ length: 3_000 }, (_, at) => `const value${at} = ${at};`).join('\n');
    const { json, ollama } = await begin(
      { models: [fakeModel('tiny', { contextLength: 2_048 })] },
      { ...SHOP, 'src/big.ts': big },
    );
    const { code, data } = await json('ask', 'what is in @src/big.ts?');
    expect(code).toBe(0);
    expect(data.notes.join()).toMatch(/Of src\/big\.ts:1-3000 only lines 1 to \d+ fit/);
    expect(data.promptTokens).toBeLessThan(1_900);
    expect(ollama.chats()).toHaveLength(1);
  });

  it('ends with code 6 where no model is there, and says what to do', async () => {
    const person = newPerson();
    const { code, stdout } = await person.run(['ask', 'where?', '--json']);
    expect(code).toBe(6);
    expect(JSON.parse(stdout)).toMatchObject({
      error: {
        code: 'model',
        message: expect.stringContaining('127.0.0.1:9'),
        hint: expect.any(String),
      },
    });
    const { run } = await begin({ models: [] });
    expect((await run('ask', 'where?')).code).toBe(6);
  });

  it.each<[string, Fault]>([
    ['a refusal', { kind: 'status', status: 500, error: 'out of memory' }],
    ['an error in the stream', { kind: 'error', after: 3, error: 'llama runner is gone' }],
    ['a torn connection', { kind: 'cut', after: 3 }],
    ['a stream without its end', { kind: 'end', after: 3 }],
    ['a line that is no JSON', { kind: 'garbage', after: 3, line: '<html>' }],
    ['endless repetition', { kind: 'repeat' }],
  ])('ends with code 6 and one document after %s', async (_, fault) => {
    const { json } = await begin({ script: [{ reply: { says: 'so it goes ', fault }, times: 0 }] });
    const { code, data } = await json('ask', 'hi');
    expect(code).toBe(6);
    expect(data).toMatchObject({ error: { code: 'model', message: expect.any(String) } });
  });

  it('keeps what was written before it failed, and shows the failure', async () => {
    const fault = { kind: 'cut', after: 12 } as const;
    const { run } = await begin({ script: [{ reply: { says: ANSWER, fault }, times: 0 }] });
    const { code, stdout, stderr } = await run('ask', 'hi');
    expect(code).toBe(6);
    expect(stdout).toContain('The cart rounds');
    expect(stderr).not.toBe('');
  });

  it('asks again with less where the server counts more tokens than were estimated', async () => {
    const { json, ollama } = await begin({
      script: [
        {
          reply: {
            fault: {
              kind: 'status',
              status: 400,
              error: 'the input length exceeds the context length',
            },
          },
        },
        { reply: { says: ANSWER } },
      ],
    });
    const { code, data } = await json('ask', 'where do we round prices?');
    expect(code).toBe(0);
    expect(data.notes.join()).toContain('more tokens than estimated');
    expect(ollama.chats()).toHaveLength(2);
  });

  it('goes on with a talk, and shows what went in', async () => {
    const { json, messages } = await begin();
    await json('mode', 'chat');
    await json('ask', 'where do we round prices?', '--continue');
    await json('ask', 'and why is the invoice other?', '--continue');
    expect(messages().map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'user']);
    expect(messages()[2]?.content).toBe(ANSWER);
    const { data } = await json('context', '--continue');
    expect(data).toMatchObject({ command: 'ask', asked: 'and why is the invoice other?' });
    expect(data.parts.map(({ kind }: { kind: string }) => kind)).toContain('transcript');
  });

  it('is recorded in a session with what was asked of which model, without secrets', async () => {
    const { json, person } = await begin();
    await json('mode', 'chat');
    const token = ['gh', 'p_', 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'].join('');
    await json('ask', `is ${token} in src/cart.ts round?`, '--continue');
    const { stdout } = await person.run(['audit', 'export', '--json']);
    expect(stdout).not.toContain(token);
    const records = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const [asked] = records.filter(({ action }) => action === 'model.asked');
    expect(asked.details).toMatchObject({ command: 'ask', model: 'tiny:latest', outcome: 'done' });
    expect(asked.details.given).toContain('src/cart.ts:1-4');
  });

  it('asks without files where there are too many to be listed, and says so', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 300 }, (_, at) => [`d${at}/x.ts`, 'round price']),
    );
    const { run, person, json, messages } = await begin({}, many);
    for (const folder of Object.keys(many)) {
      const base = folder.slice(0, -'x.ts'.length);
      for (let at = 0; at < 170; at++) writeFileSync(join(person.project, base, `${at}`), '');
    }
    const { code, data } = await json('ask', 'where do we round prices?');
    expect(code).toBe(0);
    expect(data.notes.join()).toContain('could not be searched');
    expect(messages()[1]?.content).toBe('where do we round prices?');
    expect((await run('ask', 'hi')).code).toBe(0);
  });

  it('works in every mode', async () => {
    const { run } = await begin();
    for (const mode of ['chat', 'propose', 'execute']) {
      expect((await run('ask', 'hi', '--mode', mode)).code).toBe(0);
    }
  });
});

describe('explain and review', () => {
  it('give the model the file, lines of it, or a definition', async () => {
    const { json, messages } = await begin();
    const { code, data } = await json('explain', 'src/cart.ts:2-3');
    expect(code).toBe(0);
    expect(data.sources).toEqual([{ path: 'src/cart.ts', startLine: 2, endLine: 3 }]);
    expect(messages()[1]?.content).toContain('Explain what this code does');
    await json('explain', 'invoiceTotal');
    expect(messages()[1]?.content).toContain('3: export function invoiceTotal');
    await json('review', 'src/cart.ts', 'src/invoice.ts');
    expect(messages()[1]?.content).toContain('Review this code');
    expect(messages()[1]?.content).toContain('== src/invoice.ts');
  });

  it('fail where nothing of that name is there', async () => {
    const { json, ollama } = await begin();
    const { code, data } = await json('explain', 'src/none.ts');
    expect(code).toBe(1);
    expect(data).toMatchObject({ error: { code: 'not-found' } });
    expect(ollama.chats()).toEqual([]);
  });
});

describe('the report of what can be done', () => {
  it('knows whether a model is there', async () => {
    const { json } = await begin();
    const find = (data: readonly { name: string }[]) => data.find(({ name }) => name === 'ask');
    expect(find((await json('commands')).data)).toMatchObject({ available: true });
    const without = await newPerson().json(['commands']);
    expect(find(without.data)).toMatchObject({
      available: false,
      why: expect.stringContaining('127.0.0.1:9'),
    });
  });
});
