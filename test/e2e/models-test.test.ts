import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { authorLab, outline } from '../support/author-lab.ts';
import { type Character, formIn, playCharacter, promptOf } from '../support/ollama/characters.ts';
import { fakeModel } from '../support/ollama/fake-model.ts';
import type { ServerOptions } from '../support/ollama/scripted-server.ts';

/** Long enough that it is not asked for whole. */
const LONG = Array.from(
  { length: 120 },
  (_, at) => `export const value${at} = 'the value number ${at}';\n`,
).join('');

/** A person with a model of this character. */
const begin = (character: Character = {}, options: ServerOptions = {}) =>
  authorLab({ 'src/long.js': LONG }, [], {
    models: [fakeModel('tiny', { contextLength: 16_384 })],
    character: playCharacter(character),
    ...options,
  });
type Lab = Awaited<ReturnType<typeof begin>>;

const habitFolder = ({ home }: Lab) => join(home, 'state', 'tinycode', 'models');
const habitFiles = (lab: Lab) => {
  try {
    return readdirSync(habitFolder(lab));
  } catch {
    return [];
  }
};

describe('models test', () => {
  it('learns that a model does everything, keeps it for the owner alone, and records it', async () => {
    const lab = await begin();
    const { code, data, stderr } = await lab.json(['models', 'test']);
    expect(code).toBe(0);
    expect(data.learned).toMatchObject({
      name: 'tiny:latest',
      toolMode: 'native',
      hasSchema: true,
      form: { wholeTokens: 700, beyond: 'search-replace' },
      contextTokens: 16_384,
      forms: {
        whole: { right: 4, of: 4 },
        'search-replace': { right: 4, of: 4 },
        udiff: { right: 4, of: 4 },
        'apply-patch': { right: 4, of: 4 },
      },
      isWhole: true,
    });
    expect(data.trials).toMatchObject({ schema: { right: 3, of: 3, problems: [] } });
    expect(data.trials.copies.map(({ tokens }: { tokens: number }) => tokens)).toEqual([
      450, 900, 1800,
    ]);
    for (const { contextTokens, promptTokens } of data.trials.windows) {
      expect(promptTokens).toBeGreaterThan(contextTokens * 0.7);
    }
    expect(stderr).toContain('1 of 30 checks\n');
    expect(stderr).toContain(`${data.requests} of ${data.requests} checks\n`);
    const [file = ''] = habitFiles(lab);
    expect(statSync(join(habitFolder(lab), file)).mode & 0o777).toBe(0o600);
    const { stdout } = await lab.run(['audit', 'export', '--json']);
    expect(stdout).toMatch(/"action":"model\.learn".*"phase":"intent"/);
    expect(stdout).toContain(`"digest":"${data.learned.digest}"`);
    expect((await lab.run(['audit', 'verify'])).code).toBe(0);
  });

  it('says it as a table and in sentences, and models shows it from then on', async () => {
    const lab = await begin({ forms: ['whole', 'udiff'], tools: 'none' });
    const { stdout } = await lab.run(['models', 'test', 'tiny']);
    expect(stdout).toMatch(/edits: search-replace +0 of 4 /);
    expect(stdout).toMatch(/edits: udiff +4 of 4/);
    expect(stdout).toMatch(/a window of 16,384 +remembers/);
    expect(stdout).toContain('whole files up to 700 tokens, and for udiff beyond.');
    const { stdout: list } = await lab.run(['models']);
    expect(list).toMatch(/tiny:latest +whole files to 700, then udiff/);
    const { data } = await lab.json(['models']);
    expect(data[0]).toMatchObject({
      name: 'tiny:latest',
      capabilities: ['completion', 'tools'],
      toolMode: 'none',
      learned: { form: { beyond: 'udiff' } },
    });
  });

  it('asks the next plan for the form that was learned', async () => {
    const lab = await begin({ forms: ['whole', 'udiff'] });
    const plan = async () => {
      lab.server.add({
        ...{ reply: outline({ kind: 'edit', path: 'src/long.js', why: 'say 7 in words' }) },
        when: { mentions: ['Outline the change'] },
      });
      await lab.json(['plan', 'say seven in words', '--mode', 'propose']);
      return lab.server.chats().map(({ body = {} }) => formIn(promptOf(body)));
    };
    expect((await plan()).at(-1)).toBe('search-replace');
    await lab.json(['models', 'test']);
    expect((await plan()).at(-1)).toBe('udiff');
    expect((await lab.json(['models', 'forget'])).code).toBe(0);
    expect((await plan()).at(-1)).toBe('search-replace');
  });

  it('starts the next session with the window that was learned, and loads it once', async () => {
    const lab = await begin({ memory: 20_000 }, { models: [fakeModel('tiny')] });
    const { data } = await lab.json(['models', 'test']);
    expect(data.trials.windows).toMatchObject([
      { contextTokens: 8192, outcome: 'lost' },
      { contextTokens: 4096, outcome: 'found' },
    ]);
    await lab.json(['models', 'unload']);
    const loads = lab.server.loads.length;
    await lab.json(['ask', 'hi']);
    await lab.json(['ask', 'hi again']);
    expect(lab.server.chats().at(-1)?.body).toMatchObject({ options: { num_ctx: 4096 } });
    expect(lab.server.loads.slice(loads)).toEqual([{ model: 'tiny:latest', contextTokens: 4096 }]);
  });

  it('leaves no window behind that was only tried', async () => {
    const lab = await begin({ memory: 30_000 }, { models: [fakeModel('tiny')] });
    const { data } = await lab.json(['models', 'test']);
    expect(data.learned.contextTokens).toBe(8192);
    expect(data.trials.windows.at(-1)).toMatchObject({ contextTokens: 16_384, outcome: 'lost' });
    expect((await lab.json(['models'])).data[0]).toMatchObject({ activeContext: 8192 });
  });

  it('does not learn a window for which the model has to leave the fast memory', async () => {
    const vramBytes = (tokens: number) => (tokens > 8192 ? 1_500_000_000 : 2_000_000_000);
    const lab = await begin({}, { vramBytes });
    const { data } = await lab.json(['models', 'test']);
    expect(data.trials.windows.at(-1)).toMatchObject({ contextTokens: 16_384, isSpilled: true });
    expect(data.learned.contextTokens).toBe(8192);
  });

  it('keeps to a window that was chosen for the model in its own file', async () => {
    const lab = await begin({}, { models: [fakeModel('tiny', { modelfile: 'num_ctx 5000' })] });
    const { data } = await lab.json(['models', 'test']);
    expect(data.learned.contextTokens).toBe(5000);
    expect(lab.server.loads).toEqual([{ model: 'tiny:latest', contextTokens: 5000 }]);
  });

  it('asks a model without the ability for calls as text only', async () => {
    const models = [fakeModel('tiny', { capabilities: ['completion'] })];
    const lab = await begin({ tools: 'text' }, { models });
    const { data } = await lab.json(['models', 'test']);
    expect(data.trials.nativeCalls.of).toBe(0);
    expect(data.learned.toolMode).toBe('text');
  });

  it('finds something out anew also where the same was answered before', async () => {
    const lab = await begin();
    const first = await lab.json(['models', 'test']);
    const asked = lab.server.chats().length;
    await lab.json(['models', 'test']);
    expect(lab.server.chats().length).toBe(asked * 2);
    expect(first.data.requests).toBe(asked);
  });

  it('keeps nothing where the server dies in the middle, and says at which request', async () => {
    const play = playCharacter();
    let asked = 0;
    const lab = await begin(
      {},
      {
        character: (request) => {
          asked += 1;
          return asked < 12 ? play(request) : { says: 'x y z', fault: { kind: 'cut', after: 1 } };
        },
      },
    );
    const { code, data } = await lab.json(['models', 'test']);
    expect(code).toBe(6);
    expect(data.error.message).toMatch(/broke off at request 12, and nothing of it is kept/);
    expect(habitFiles(lab)).toEqual([]);
  });

  it('takes a window for which the server dies as one that does not work', async () => {
    const play = playCharacter();
    const lab = await begin(
      {},
      {
        character: (request) =>
          Number((request.body as { options: { num_ctx: number } }).options.num_ctx) > 8192
            ? { fault: { kind: 'status', status: 500, error: 'out of memory' } }
            : play(request),
      },
    );
    const { code, data } = await lab.json(['models', 'test']);
    expect(code).toBe(0);
    expect(data.trials.windows.at(-1)).toMatchObject({ outcome: 'refused' });
    expect(data.learned.contextTokens).toBe(8192);
  });
});

describe('what was learned', () => {
  it('is left alone where it cannot be understood, and moved aside when it is forgotten', async () => {
    const lab = await begin({ forms: ['whole', 'udiff'] });
    await lab.json(['models', 'test']);
    const [file = ''] = habitFiles(lab);
    writeFileSync(join(habitFolder(lab), file), '{"digest": "torn');
    const asked = lab.server.chats().length;
    const again = await lab.json(['models', 'test']);
    expect(again.code).not.toBe(0);
    expect(again.data.error.message).toContain('cannot be understood');
    expect(lab.server.chats()).toHaveLength(asked);
    const listed = await lab.run(['models']);
    expect(listed.code).toBe(0);
    expect(listed.stdout).toContain('models forget NAME moves it aside');
    expect((await lab.json(['ask', 'hi'])).code).toBe(0);
    expect((await lab.json(['models', 'forget', 'tiny'])).code).toBe(0);
    expect(habitFiles(lab)).toEqual([expect.stringContaining('.broken-')]);
    expect((await lab.json(['models', 'test'])).code).toBe(0);
  });

  it('can be forgotten by name once the model is gone, and not twice', async () => {
    const lab = await begin();
    await lab.json(['models', 'test']);
    lab.server.setModels(['other']);
    expect((await lab.json(['models', 'forget', 'tiny'])).code).toBe(0);
    const { code, data } = await lab.json(['models', 'forget', 'tiny']);
    expect(code).toBe(1);
    expect(data.error.message).toBe('Nothing was learned of tiny.');
  });
});
