import { describe, expect, it } from 'vitest';
import { createSyntax } from '../../../../src/adapters/syntax/syntax.ts';
import type { CommandContext } from '../../../../src/commands/command.ts';
import { tryModel } from '../../../../src/commands/models/trial/try-model.ts';
import { learnHabit } from '../../../../src/core/trial/learn-habit.ts';
import type { ModelActivity, ModelCard } from '../../../../src/core/types.ts';
import { startOllama } from '../../../support/fake-ollama.ts';
import { never, openClient } from '../../../support/model-client.ts';
import { formIn, playCharacter, promptOf } from '../../../support/ollama/characters.ts';
import { fakeModel } from '../../../support/ollama/fake-model.ts';
import type { ServerOptions } from '../../../support/ollama/scripted-server.ts';

const play = playCharacter();
const MINUTES = 0.08;

async function begin(options: ServerOptions, signal = never) {
  const server = await startOllama({ character: play, ...options });
  const client = openClient(server.host);
  const listed = await client.list(never);
  const doing: (ModelActivity | null)[] = [];
  const context = {
    readers: {
      models: client,
      trials: { open: () => openClient(server.host) },
      syntax: createSyntax(),
    },
    now: () => new Date(),
    progress: () => {},
    talking: (activity: ModelActivity | null) => doing.push(activity),
    signal,
  } as unknown as CommandContext;
  const card = (listed.ok ? listed.value[0] : undefined) as ModelCard;
  return {
    server,
    client,
    doing,
    card,
    run: (minutes = MINUTES, more: Partial<ModelCard> = {}) =>
      tryModel(context, { ...card, ...more }, minutes),
  };
}

const named = { digest: 'abc', name: 'tiny', testedAt: 'now' };

describe('a trial', () => {
  it.each([
    ['ignores schemas', { hasSchema: false }, { hasSchema: false, toolMode: 'native' }],
    ['prints its calls as text', { tools: 'text' }, { toolMode: 'text' }],
    ['calls no tools', { tools: 'none' }, { toolMode: 'none' }],
    [
      'manages whole files only',
      { forms: ['whole'] },
      { form: { wholeTokens: 1800, beyond: 'search-replace' } },
    ],
    [
      'loses lines of longer files',
      { mostCopied: 1000 },
      { form: { wholeTokens: 150, beyond: 'search-replace' } },
    ],
    [
      'edits in patches and nothing else',
      { forms: ['apply-patch'] },
      { form: { wholeTokens: 0, beyond: 'apply-patch' } },
    ],
    ['can edit nothing', { forms: [] }, { form: { wholeTokens: 700, beyond: 'search-replace' } }],
  ] as const)('learns of a model that %s', async (_, character, learned) => {
    const { run } = await begin({ character: playCharacter(character) });
    const tried = await run(1);
    if (!tried.ok) throw new Error(tried.error.message);
    expect(learnHabit(named, tried.value.trials)).toMatchObject(learned);
  });
});

describe('a trial that is bounded', () => {
  it('ends in time with a model that goes silent, and goes by what it saw until then', async () => {
    const lab = await begin({
      character: (request) =>
        formIn(promptOf(request.body ?? {})) === undefined
          ? play(request)
          : { says: 'a b', fault: { kind: 'stall', after: 1 } },
    });
    const started = performance.now();
    const tried = await lab.run();
    expect(performance.now() - started).toBeLessThan(MINUTES * 60_000 + 2000);
    if (!tried.ok) throw new Error(tried.error.message);
    expect(learnHabit(named, tried.value.trials)).toMatchObject({
      toolMode: 'native',
      form: { wholeTokens: 700, beyond: 'search-replace' },
      forms: { whole: { right: 0, of: 0 } },
      isWhole: false,
    });
  });

  it('comes to nothing with a model that says nothing at all', async () => {
    const { run } = await begin({ character: () => ({ fault: { kind: 'stall', after: 0 } }) });
    expect(await run()).toMatchObject({
      ok: false,
      error: { code: 'model', data: { trouble: 'silent' }, hint: expect.stringContaining('test') },
    });
  });

  it('asks no more than there is time for: what is too slow is not begun', async () => {
    const lab = await begin({
      character: (request) => ({ ...play(request), pieceMs: 15 }) as ReturnType<typeof play>,
    });
    const tried = await lab.run();
    if (!tried.ok) throw new Error(tried.error.message);
    expect(tried.value.trials.isWhole).toBe(false);
    expect(tried.value.trials.schema.right).toBeGreaterThan(0);
    expect(lab.server.aborted()).toBeLessThanOrEqual(2);
  });

  it('waits for a model to load beyond the time that it is given', async () => {
    const loadMs = MINUTES * 60_000 + 500;
    const models = [fakeModel('tiny', { loadMs, contextLength: 8192 })];
    const tried = await (await begin({ models })).run();
    if (!tried.ok) throw new Error(tried.error.message);
    expect(tried.value.trials.speed.loadMs).toBeGreaterThanOrEqual(loadMs - 50);
    expect(tried.value.trials.schema.of).toBe(3);
  });

  it('begins no two long prompts alike, as a server reads only what is new', async () => {
    const lab = await begin({});
    await lab.run(1);
    const begins = lab.server
      .chats()
      .map(({ body = {} }) => promptOf(body))
      .filter((text) => text.startsWith('Inventory'))
      .map((text) => text.split('\n')[0]);
    expect(begins.length).toBeGreaterThan(3);
    expect(new Set(begins).size).toBe(begins.length);
  });

  it('begins with the usual window where the model is loaded with a giant one', async () => {
    const lab = await begin({ models: [fakeModel('tiny', { contextLength: 131_072 })] });
    const loaded = { contextTokens: 131_072, bytes: 0, vramBytes: 0, expiresAt: '' };
    const tried = await lab.run(1, { loaded });
    expect(tried.ok && tried.value.trials.windows[0]?.contextTokens).toBe(8192);
  });

  it('stops at once when it is called off, and says that it was', async () => {
    const controller = new AbortController();
    const lab = await begin(
      {
        character: (request) => {
          if (formIn(promptOf(request.body ?? {})) !== undefined) controller.abort();
          return play(request);
        },
      },
      controller.signal,
    );
    expect(await lab.run()).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    expect(lab.doing.at(-1)).toBeNull();
  });

  it('changes nothing for what the session asks', async () => {
    const lab = await begin({});
    await lab.run();
    expect(lab.server.loads.map(({ contextTokens }) => contextTokens)).toEqual([
      8192, 16_384, 32_768,
    ]);
    await lab.client.setWindow('tiny', 4096, never);
    expect(await lab.client.window('tiny', never)).toMatchObject({ value: { tokens: 4096 } });
  });
});
