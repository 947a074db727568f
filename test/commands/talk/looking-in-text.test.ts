import { describe, expect, it } from 'vitest';
import { createHabitStore } from '../../../src/adapters/files/habit-store.ts';
import { createWorkspaceReader } from '../../../src/adapters/files/workspace-reader.ts';
import { createPolicyReader } from '../../../src/adapters/policies/policy-reader.ts';
import { createHashing } from '../../../src/adapters/system/hashing.ts';
import { createImageReader } from '../../../src/adapters/workspace/image-reader.ts';
import { defineCommand } from '../../../src/commands/command.ts';
import { COMMANDS } from '../../../src/commands/index.ts';
import { talkAboutIt } from '../../../src/commands/talk/talk.ts';
import { ok } from '../../../src/core/result.ts';
import { openState } from '../../../src/core/session/state.ts';
import type { Block, ToolMode, Turn } from '../../../src/core/types.ts';
import type { Deps } from '../../../src/runtime/deps.ts';
import { prepareCommand } from '../../../src/runtime/run-command.ts';
import { startOllama } from '../../support/fake-ollama.ts';
import { temporaryFolder } from '../../support/files.ts';
import { habitOf } from '../../support/habit-sample.ts';
import { openClient } from '../../support/model-client.ts';
import { fakeModel } from '../../support/ollama/fake-model.ts';
import type { Spoken } from '../../support/ollama/spoken.ts';
import { policySources } from '../../support/policy.ts';
import { SHOP, writeFiles } from '../../support/shop.ts';

type Message = { readonly role: string; readonly content: string };

/** A question to a model of which something was learned, through the real client and real files. */
async function ask(learned: ToolMode, says: readonly Spoken[], capabilities = ['completion']) {
  const workspace = temporaryFolder();
  writeFiles(workspace, SHOP);
  const model = fakeModel('tiny', { capabilities });
  const clock = { now: () => new Date(), monotonicMs: () => performance.now() };
  const habits = createHabitStore({
    folder: temporaryFolder(),
    clock,
    prepareState: () => ok(undefined),
  });
  expect(habits.keep(habitOf(model.digest, { toolMode: learned })).ok).toBe(true);
  const ollama = await startOllama({
    models: [model],
    script: says.map((reply) => ({ reply })),
  });
  const client = openClient(ollama.host);
  const question = defineCommand({
    name: 'question',
    family: 'talk',
    summary: 'Asks',
    examples: ['question'],
    kind: 'look',
    args: {},
    run: (_args, context) => {
      const talk = {
        command: 'ask',
        asked: 'where is the price rounded?',
        request: 'where is the price rounded?',
        parts: [
          { kind: 'map', label: 'files', text: 'src/cart.ts', priority: 1, cut: 'lines' } as const,
        ],
        problems: [],
        isThinking: false,
        hasTranscript: false,
        mayLook: true,
      };
      return talkAboutIt(context, talk);
    },
  });
  const policy = createPolicyReader({
    ...policySources(),
    builtInFolder: 'policies',
    compiledFile: null,
    added: () => ({ ok: true, value: [] }),
    hashing: { ...policySources().hashing, canonical: (value) => JSON.stringify(value) },
  });
  const deps = {
    commands: [question, ...COMMANDS],
    clock,
    home: '/home/ann',
    hasTerminal: false,
    isRepository: false,
    readers: {
      policy,
      files: createWorkspaceReader(workspace),
      images: createImageReader({ workspace, umask: 0o22 }),
      hashing: createHashing(),
      talker: client,
      models: client,
      habits,
    },
  } as unknown as Deps;
  const opening = { session: 's', workspace, door: 'headless', mode: 'chat', level: 'standard' };
  const state = {
    ...openState(opening as Parameters<typeof openState>[0]),
    model: { kind: 'ready', name: 'tiny' },
  } as const;
  const shown: Block[] = [];
  const turns: Turn[] = [];
  const prepared = prepareCommand(
    deps,
    state,
    'question',
    { show: (block) => void shown.push(block), line: null },
    new AbortController().signal,
    {
      ask: async () => null,
      talk: (event) => {
        if (event.kind === 'turn.made') turns.push(event.turn);
      },
    },
  );
  if (!prepared.ok) throw new Error(prepared.error.message);
  const result = await prepared.value.run();
  const bodies = ollama.chats().map(({ body }) => body ?? {});
  const messages = (at = -1) => (bodies.at(at)?.messages ?? []) as unknown as readonly Message[];
  return { result, shown, turns, bodies, messages };
}

const CALL = '{"name": "read", "arguments": {"path": "src/cart.ts"}}';

describe('a model that writes its calls out', () => {
  it('is told in words what it may look at, and shown it in messages that its template knows', async () => {
    const { result, bodies, messages, shown, turns } = await ask('text', [
      { says: CALL },
      { says: '```json\n{"tool": "search", "input": {"query": "round"}}\n```' },
      { says: 'In the cart (src/cart.ts:3).' },
    ]);
    expect(result).toMatchObject({
      ok: true,
      value: {
        data: {
          answer: 'In the cart (src/cart.ts:3).',
          sources: [{ path: 'src/cart.ts', startLine: 1, endLine: 4 }],
        },
      },
    });
    expect(bodies.some((body) => 'tools' in body)).toBe(false);
    expect(messages()[0]?.content).toContain('- read(path, from?, to?): Shows a file');
    expect(messages().map(({ role }) => role)).toEqual([
      'system',
      'user',
      'assistant',
      'user',
      'assistant',
      'user',
    ]);
    expect(messages()[2]?.content).toBe('{"name":"read","arguments":{"path":"src/cart.ts"}}');
    expect(messages()[3]?.content).toMatch(/^Data from the project.*== read src\/cart\.ts\n1: /s);
    expect(messages()[0]?.content).not.toContain('roundPrice');
    expect(shown).toContainEqual({
      kind: 'text',
      text: 'looked: read src/cart.ts · lines 1 to 4',
      tone: 'dim',
    });
    expect(turns[0]?.context.filter(({ kind }) => kind === 'look')).toHaveLength(2);
  });

  it('answers in words where it asks for nothing', async () => {
    const { result, bodies } = await ask('text', [{ says: 'I know: {"name": "x"} is JSON.' }]);
    expect(result).toMatchObject({
      ok: true,
      value: { data: { answer: 'I know: {"name": "x"} is JSON.' } },
    });
    expect(bodies).toHaveLength(1);
  });

  it('has to answer at the end like any other', async () => {
    const { result, messages, bodies } = await ask('text', [
      ...Array.from({ length: 3 }, () => ({ says: CALL })),
      { says: 'There.' },
    ]);
    expect(result).toMatchObject({ ok: true, value: { data: { answer: 'There.' } } });
    expect(bodies).toHaveLength(4);
    expect(messages().at(-1)?.content).toMatch(/asked this already[\s\S]*Answer the request now/);
  });
});

describe('what was learned of a model', () => {
  it('goes before what its server says of it', async () => {
    const able = ['completion', 'tools'];
    const { bodies, messages } = await ask('none', [{ says: 'There.' }], able);
    expect(bodies[0]).not.toHaveProperty('tools');
    expect(messages()[0]?.content).not.toContain('look for yourself');
    expect((await ask('native', [{ says: 'There.' }], able)).bodies[0]).toHaveProperty('tools');
  });
});
