import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/core/types.ts';
import { startOllama } from '../support/fake-ollama.ts';
import { fakeModel } from '../support/ollama/fake-model.ts';
import type { ScriptedScene, ServerOptions } from '../support/ollama/scripted-server.ts';
import type { Reply } from '../support/ollama/spoken.ts';
import { SHOP, writeFiles } from '../support/shop.ts';
import { newPerson } from '../support/tinycode.ts';
import { treeHash } from '../support/tree-hash.ts';

type Message = {
  readonly role: string;
  readonly content: string;
  readonly thinking?: string;
  readonly tool_name?: string;
  readonly tool_call_id?: string;
  readonly tool_calls?: readonly { readonly function: { readonly name: string } }[];
};

const call = (tool: string, values: JsonObject): Reply => ({ calls: [{ tool, values }] });
const ANSWER = { says: 'The invoice is rounded once (src/invoice.ts:4).' };
const QUESTION = 'how is the total of an invoice made?';

async function begin(
  says: readonly (Reply | ScriptedScene)[],
  options: ServerOptions = {},
  files: Readonly<Record<string, string>> = SHOP,
) {
  const script = says.map((each) => ('reply' in each ? each : { reply: each }));
  const ollama = await startOllama({ ...options, script });
  const person = newPerson();
  writeFiles(person.project, files);
  const before = treeHash(person.project);
  const env = { OLLAMA_HOST: ollama.host };
  const ask = async (...words: readonly string[]) => {
    const ended = await person.run(['ask', ...words, '--json'], { env });
    expect(treeHash(person.project)).toBe(before);
    return { ...ended, data: JSON.parse(ended.stdout) };
  };
  const bodies = () => ollama.chats().map(({ body }) => body ?? {});
  const messages = (at = -1) => (bodies().at(at)?.messages ?? []) as unknown as readonly Message[];
  /** What the model was shown by the looks of the last request. */
  const seen = () =>
    messages()
      .filter(({ role }) => role === 'tool')
      .map(({ content }) => content);
  return { ollama, person, env, ask, bodies, messages, seen };
}

describe('a model that can use tools', () => {
  it('looks over several rounds, answers, and cites what it looked at', async () => {
    const { ask, bodies, messages, seen } = await begin([
      call('search', { text: 'invoiceTotal' }),
      call('read', { path: 'src/login.ts' }),
      { says: 'Not there (src/login.ts:1), but here (src/invoice.ts:3).' },
    ]);
    const { code, data, stderr } = await ask(QUESTION);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(data).toMatchObject({
      answer: 'Not there (src/login.ts:1), but here (src/invoice.ts:3).',
      model: 'tiny:latest',
      truncated: false,
      cited: true,
      notes: [],
    });
    expect(data.sources).toContainEqual({ path: 'src/login.ts', startLine: 1, endLine: 1 });
    expect(bodies()).toHaveLength(3);
    expect(messages().map(({ role }) => role)).toEqual([
      'system',
      'user',
      'assistant',
      'tool',
      'assistant',
      'tool',
    ]);
    expect(messages()[2]?.tool_calls?.[0]?.function.name).toBe('search');
    expect(messages()[3]).toMatchObject({ tool_name: 'search', tool_call_id: 'call_0' });
    expect(seen()).toEqual([
      '== search “invoiceTotal”\n| src/invoice.ts:3: export function invoiceTotal(prices: number[]): number {',
      '== read src/login.ts\n1: export const login = (user: string) => user.trim();',
    ]);
  });

  it('loads the model once, and sends the same options with every request', async () => {
    const { ask, bodies, ollama } = await begin([call('list', {}), ANSWER]);
    await ask(QUESTION);
    expect(ollama.loads).toHaveLength(1);
    const [first, second] = bodies();
    expect(second?.options).toEqual(first?.options);
    expect([first?.shift, second?.shift]).toEqual([false, false]);
  });

  it('is given few passages at the start, and the tools beside them', async () => {
    const { ask, bodies, messages } = await begin([ANSWER]);
    const { data } = await ask(QUESTION);
    const tools = (bodies()[0]?.tools ?? []) as unknown as readonly {
      readonly function: { readonly name: string };
    }[];
    expect(tools.map((tool) => tool.function.name)).toEqual(['read', 'list', 'search', 'symbols']);
    expect(messages(0)[1]?.content).toContain('== src/invoice.ts');
    expect(data.sources).toEqual([{ path: 'src/invoice.ts', startLine: 1, endLine: 5 }]);
  });

  it('is asked a greeting without any tools, in less than 4 KB', async () => {
    const { ask, bodies } = await begin([{ says: 'Hello.' }]);
    await ask('hi');
    expect(bodies()[0]).not.toHaveProperty('tools');
    expect(JSON.stringify(bodies()[0]).length).toBeLessThan(1_000);
  });

  it('may ask for several looks at once, and each has its answer', async () => {
    const { ask, seen } = await begin([
      {
        calls: [
          { tool: 'read', values: { file_path: './src/cart.ts', start_line: '2', end_line: 3 } },
          { tool: 'symbols', values: { name: 'roundPrice' } },
        ],
      },
      ANSWER,
    ]);
    await ask(QUESTION);
    expect(seen()).toEqual([
      expect.stringMatching(/^== read \.\/src\/cart\.ts from 2 to 3\n2: .*\n3: .*\n\| 1 more line/),
      expect.stringMatching(/^== symbols roundPrice\n\| src\/cart\.ts:2-4: export function/),
    ]);
  });

  it('may write its calls out, and they are no part of the answer', async () => {
    const { ask, seen } = await begin([
      {
        says: 'Let me look.\n<tool_call>\n{"name": "read", "arguments": {"path": "src/cart.ts"}}\n</tool_call>',
      },
      ANSWER,
    ]);
    const { data } = await ask(QUESTION);
    expect(data.answer).toBe(ANSWER.says);
    expect(seen()).toEqual([expect.stringContaining('1: /** A cart. */')]);
  });

  it('gets what it thought back along with the calls', async () => {
    const { ask, messages } = await begin(
      [{ thinks: 'I should read it.', calls: [{ tool: 'list', values: {} }] }, ANSWER],
      { models: [fakeModel('tiny', { capabilities: ['completion', 'tools', 'thinking'] })] },
    );
    await ask(QUESTION, '--think');
    expect(messages()[2]?.thinking).toBe('I should read it.');
  });

  it('is told of tools that there are not, and of values that cannot be meant', async () => {
    const { ask, seen, bodies } = await begin([
      {
        calls: [
          { tool: 'write', values: { path: 'src/cart.ts', content: 'x'.repeat(100_000) } },
          { tool: 'execute', values: { plan: 'latest' } },
          { tool: 'read', values: {} },
          { tool: 'read', values: { path: { a: 1 } } },
          { tool: 'read', values: { path: 'src/cart.ts', from: 0 } },
          { tool: 'read', values: { path: 'cart.ts' } },
        ],
      },
      ANSWER,
    ]);
    await ask(QUESTION, '--mode', 'execute');
    expect(JSON.stringify(bodies()[1]).length).toBeLessThan(12_000);
    expect(seen()).toEqual([
      '== write\n| There is no tool of this name, and none that changes anything. There are: read, list, search, symbols.',
      expect.stringContaining('none that changes anything'),
      '== read\n| read wants path.',
      '== read\n| path of read cannot be {"a":1}.',
      expect.stringContaining('from of read is 1 or more.'),
      '== read cart.ts\n| There is no cart.ts. Did you mean src/cart.ts?',
    ]);
  });

  it('reaches nothing outside, no secrets and no links, whatever it names', async () => {
    const paths = ['../outside.txt', 'src/../../outside.txt', '/etc/passwd', '~/x', '.env'];
    const calls = [...paths, 'link', 'out/outside.txt', '.git/config', '.ENV'].map((path) => ({
      tool: 'read',
      values: { path },
    }));
    const others = [
      { tool: 'search', values: { text: 'hunter2' } },
      { tool: 'search', values: { text: 'kept out', in: '..' } },
      { tool: 'list', values: { folder: '..' } },
      { tool: 'symbols', values: { of: '../outside.txt' } },
    ];
    const { person, env, seen, bodies } = await begin([{ calls: [...calls, ...others] }, ANSWER]);
    writeFileSync(join(person.root, 'outside.txt'), 'kept out');
    mkdirSync(join(person.project, '.git'));
    writeFileSync(join(person.project, '.git', 'config'), 'token = secret-of-git\n');
    symlinkSync('.env', join(person.project, 'link'));
    symlinkSync('..', join(person.project, 'out'));
    const before = treeHash(person.project);
    const { code } = await person.run(['ask', QUESTION, '--json'], { env });
    expect(code).toBe(0);
    expect(treeHash(person.project)).toBe(before);
    expect(seen()).toHaveLength(13);
    expect(seen().join('\n')).not.toMatch(/hunter2hunter2|secret-of-git|root:/);
    expect(seen().join('\n')).not.toMatch(/\d: kept out/);
    for (const text of seen().slice(0, 9)) {
      expect(text).toMatch(/lies outside|not read|not followed|no link|for itself/);
    }
    expect(seen()[9]).toContain('Nothing found');
    expect(JSON.stringify(bodies())).not.toContain('hunter2hunter2');
  });

  it('is not run again for a look that it repeats, and soon has to answer', async () => {
    const again = { reply: call('read', { path: 'src/cart.ts' }), times: 3 };
    const { ask, bodies, messages, seen } = await begin([again, ANSWER]);
    const { code, data } = await ask(QUESTION);
    expect(code).toBe(0);
    expect(data.answer).toBe(ANSWER.says);
    expect(bodies()).toHaveLength(4);
    expect(seen().slice(1)).toEqual([
      expect.stringContaining('You asked this already'),
      expect.stringContaining('You asked this already'),
    ]);
    expect(bodies()[3]).not.toHaveProperty('tools');
    expect(messages().at(-1)).toMatchObject({
      role: 'user',
      content: expect.stringContaining('Answer the request now'),
    });
  });

  it('has to answer after eight rounds, and fails where it only looks on', async () => {
    const endless = Array.from({ length: 12 }, (_, at) => call('search', { text: `word${at}` }));
    const { ask, bodies, ollama } = await begin(endless);
    const { code, data } = await ask(QUESTION);
    expect(bodies()).toHaveLength(9);
    expect(code).toBe(6);
    expect(data.error).toMatchObject({
      code: 'model',
      message: expect.stringContaining('only asked'),
    });
    expect(ollama.loads).toHaveLength(1);
  });

  it('runs sixteen calls at most, however many it makes at once', async () => {
    const calls = Array.from({ length: 60 }, (_, at) => ({
      tool: 'search',
      values: { text: `word${at}` },
    }));
    const { ask, bodies, seen } = await begin([{ calls }, ANSWER]);
    expect((await ask(QUESTION)).code).toBe(0);
    expect(seen()).toHaveLength(32);
    expect(seen().filter((text) => text.includes('Nothing found'))).toHaveLength(16);
    expect(seen().at(-1)).toContain('No more looks');
    expect(bodies()).toHaveLength(2);
  });

  it('is shown what fits of something larger than its window, and never more than that', async () => {
    const line = (at: number) => `const value${at} = ${at} + other${at} * 2; // invoice total`;
    const big = Array.from({ length: 4_000 }, (_, at) => line(at)).join('\n');
    const rounds = [1, 500, 1_000, 1_500, 2_000].map((from) =>
      call('read', { path: 'big.ts', from }),
    );
    const { ask, bodies, messages, ollama } = await begin(
      [...rounds, { says: 'There (big.ts:2001).' }],
      { models: [fakeModel('tiny', { contextLength: 6_144 })] },
      { ...SHOP, 'big.ts': big },
    );
    const { code, data } = await ask(QUESTION);
    expect(code).toBe(0);
    expect(bodies()).toHaveLength(6);
    expect(data.notes.join()).toContain('To make room in the window');
    expect(data.promptTokens).toBeLessThan(6_144 - 1_536);
    expect(data.sources).toContainEqual(
      expect.objectContaining({ path: 'big.ts', startLine: 2_000 }),
    );
    const shown = messages().filter(({ role }) => role === 'tool');
    expect(shown[0]?.content).toContain('taken out to make room');
    const last = shown.at(-1)?.content.split('\n') ?? [];
    expect(last.filter((row) => /^\d+: const/.test(row)).length).toBeGreaterThan(5);
    expect(last.at(-1)).toMatch(/^\| cut here, as .* it goes on at line \d+$/);
    expect(ollama.loads).toHaveLength(1);
  });

  it('is asked without tools where its server cannot read its calls', async () => {
    const fault = {
      kind: 'status',
      status: 500,
      error: 'error parsing tool call: raw=\'{"path"\', err=unexpected end of JSON input',
    } as const;
    const { ask, bodies } = await begin([{ fault }, ANSWER]);
    const { code, data } = await ask(QUESTION);
    expect(code).toBe(0);
    expect(data.answer).toBe(ANSWER.says);
    expect(data.notes.join()).toContain('is asked without tools');
    expect(bodies()).toHaveLength(2);
    expect(bodies()[1]).not.toHaveProperty('tools');
  });

  it('keeps what it has seen where a later call cannot be read', async () => {
    const fault = {
      kind: 'status',
      status: 500,
      error: 'error parsing tool call: raw=\'{"path"\', err=unexpected end of JSON input',
    } as const;
    const { ask, bodies, seen } = await begin([
      call('read', { path: 'src/cart.ts' }),
      { fault },
      ANSWER,
    ]);
    const { code, data } = await ask(QUESTION);
    expect(code).toBe(0);
    expect(data.notes.join()).toContain('cannot be read');
    expect(bodies()[2]).not.toHaveProperty('tools');
    expect(seen()).toHaveLength(1);
  });

  it('is asked with less where the server counts more tokens than were estimated', async () => {
    const fault = {
      kind: 'status',
      status: 400,
      error: 'the input length exceeds the context length',
    } as const;
    const { ask, bodies } = await begin([{ fault }, ANSWER]);
    const { data } = await ask(QUESTION);
    expect(data.notes).toEqual([expect.stringContaining('more tokens than estimated')]);
    expect(bodies()).toHaveLength(2);
  });

  it('looks at nothing by itself with --no-tools', async () => {
    const { ask, bodies } = await begin([ANSWER]);
    await ask(QUESTION, '--no-tools');
    expect(bodies()[0]).not.toHaveProperty('tools');
  });

  it('may look when it explains or reviews', async () => {
    const { person, env, bodies, seen } = await begin([
      call('search', { text: 'roundPrice' }),
      { says: 'It rounds (src/cart.ts:3).' },
    ]);
    const { code } = await person.run(['explain', 'src/cart.ts', '--json'], { env });
    expect(code).toBe(0);
    expect(bodies()[0]).toHaveProperty('tools');
    expect(seen()).toHaveLength(1);
  });

  it('leaves which looks it asked for in the turn and in the log, and none of what they showed', async () => {
    const { person, env } = await begin([call('read', { path: 'src/login.ts' }), ANSWER]);
    await person.run(['mode', 'chat']);
    await person.run(['ask', QUESTION, '--continue', '--json'], { env });
    const shown = await person.json(['context', '--continue']);
    expect(shown.data.parts).toContainEqual({
      kind: 'look',
      label: 'read src/login.ts · lines 1 to 1',
      tokens: expect.any(Number),
      fate: 'whole',
    });
    const { stdout } = await person.run(['audit', 'export', '--json']);
    const records = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const asked = records.find(({ action }) => action === 'model.asked');
    expect(asked.details.looked).toEqual(['read src/login.ts · lines 1 to 1']);
    expect(stdout).not.toContain('user.trim');
  });

  it('is shown the history where there is one', async () => {
    const { person, env, bodies, seen } = await begin([call('log', {}), ANSWER]);
    const git = (...words: readonly string[]) =>
      execFileSync('git', [
        '-C',
        person.project,
        '-c',
        'user.name=Ann',
        '-c',
        'user.email=a@b.c',
        ...words,
      ]);
    git('init', '-q');
    git('add', 'src');
    git('commit', '-qm', 'Round the cart');
    await person.run(['ask', QUESTION, '--json'], { env });
    expect(JSON.stringify(bodies()[0]?.tools)).toContain('"log"');
    expect(seen()).toEqual([expect.stringMatching(/\| \w+ \d{4}-\d\d-\d\d Ann: Round the cart$/)]);
  });
});

describe('a model that cannot use tools', () => {
  it('is given what was gathered, and asked once', async () => {
    const { ask, bodies, messages } = await begin([ANSWER], {
      models: [fakeModel('tiny', { capabilities: ['completion'] })],
    });
    const { code } = await ask(QUESTION);
    expect(code).toBe(0);
    expect(bodies()).toHaveLength(1);
    expect(bodies()[0]).not.toHaveProperty('tools');
    expect(messages()[0]?.content).not.toContain('tools');
    expect(messages()[1]?.content).toContain('== src/invoice.ts');
  });

  it('is not given tools that would fill a small window', async () => {
    const { ask, bodies } = await begin([ANSWER], {
      models: [fakeModel('tiny', { contextLength: 2_048 })],
    });
    await ask(QUESTION);
    expect(bodies()[0]).not.toHaveProperty('tools');
  });
});
