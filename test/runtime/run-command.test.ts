import { describe, expect, it } from 'vitest';
import { type Command, defineCommand } from '../../src/commands/command.ts';
import { ok } from '../../src/core/result.ts';
import { openState } from '../../src/core/session/state.ts';
import type { Block } from '../../src/core/types.ts';
import type { Deps } from '../../src/runtime/deps.ts';
import { prepareCommand } from '../../src/runtime/run-command.ts';

const state = openState({
  session: 's',
  workspace: '/w',
  door: 'headless',
  mode: 'chat',
  level: 'standard',
});

async function run(command: Command, signal = new AbortController().signal) {
  const shown: Block[] = [];
  const listener = { show: (block: Block) => void shown.push(block), line: null };
  // Of all that a session is made of, running one command needs these alone.
  const deps = { commands: [command], hasTerminal: false, isRepository: false } as unknown as Deps;
  const prepared = prepareCommand(deps, state, command.name, listener, signal, {
    ask: async () => null,
    talk: () => {},
  });
  if (!prepared.ok) throw new Error(prepared.error.message);
  return { result: await prepared.value.run(), shown };
}

const talk = (limits: Command['limits'], speak: Command['run']) =>
  defineCommand({
    name: 'talk',
    family: 'help',
    summary: 'Talks',
    examples: ['talk'],
    kind: 'look',
    limits,
    args: {},
    run: (_args, context) => speak({}, context),
  });

describe('running a command', () => {
  it('stops one that says more than its limit, and shows no more of it', async () => {
    const command = talk({ timeoutMs: 1000, outputBytes: 250 }, async (_args, { show }) => {
      for (let n = 0; n < 100; n++) show({ kind: 'text', text: 'x'.repeat(70) });
      await new Promise(() => {});
      return ok({ kind: 'looked', data: null });
    });
    const { result, shown } = await run(command);
    expect(result).toMatchObject({ ok: false, error: { code: 'limit' } });
    expect(shown).toHaveLength(2);
  });

  it('stops one that takes longer than its limit', async () => {
    const command = talk({ timeoutMs: 20, outputBytes: 100 }, () => new Promise(() => {}));
    expect((await run(command)).result).toMatchObject({ ok: false, error: { code: 'timeout' } });
  });

  it('hears a cancel, whether the command does or not', async () => {
    const controller = new AbortController();
    const command = talk({ timeoutMs: 5000, outputBytes: 100 }, () => new Promise(() => {}));
    setTimeout(() => controller.abort(), 10);
    const { result } = await run(command, controller.signal);
    expect(result).toMatchObject({ ok: false, error: { code: 'cancelled' } });
  });

  it('makes a failure of what a command throws', async () => {
    const command = talk({ timeoutMs: 1000, outputBytes: 100 }, async () => {
      throw new Error('a slip');
    });
    const { result } = await run(command);
    expect(result).toMatchObject({ ok: false, error: { message: 'talk failed: a slip' } });
  });
});

describe('a look for a command that runs', () => {
  const files = (more: Partial<Command> = {}) => {
    const command = defineCommand({
      name: 'peek',
      family: 'files',
      summary: 'Peeks',
      examples: ['peek'],
      kind: 'look',
      args: {
        at: { kind: 'positional', type: 'integer', min: 1, isRequired: true, summary: 'At' },
      },
      run: async ({ at }, { show, ask }) => {
        show({ kind: 'code', text: `it is ${at}` });
        show({ kind: 'heading', text: 'not this' });
        const answer = await ask({ kind: 'choice', text: 'Sure?', choices: [] });
        show({ kind: 'text', text: `asked: ${answer}` });
        return ok({ kind: 'looked', data: { at } });
      },
    });
    return { ...command, ...more };
  };

  async function look(
    peek: Command,
    values: Readonly<Record<string, number | string>>,
    signal = new AbortController().signal,
  ) {
    const asking = talk({ timeoutMs: 5_000, outputBytes: 10_000 }, async (_args, context) => {
      const sight = await context.look('peek', values, signal);
      return sight.ok ? ok({ kind: 'looked', data: sight.value }) : sight;
    });
    const deps = {
      commands: [asking, peek],
      hasTerminal: false,
      isRepository: false,
    } as unknown as Deps;
    const shown: Block[] = [];
    const listener = { show: (block: Block) => void shown.push(block), line: null };
    const doors = { ask: async () => 'y', talk: () => {} };
    const prepared = prepareCommand(deps, state, 'talk', listener, signal, doors);
    if (!prepared.ok) throw new Error(prepared.error.message);
    return { result: await prepared.value.run(), shown };
  }

  it('gives back what it shows as a text, shows none of it, and asks nobody', async () => {
    const { result, shown } = await look(files(), { at: 3 });
    expect(result).toEqual({
      ok: true,
      value: { kind: 'looked', data: { text: 'it is 3\nasked: null', data: { at: 3 } } },
    });
    expect(shown).toEqual([]);
  });

  it.each([
    ['a value that is not allowed', files(), { at: 0 }, 'usage'],
    ['a value that is missing', files(), {}, 'usage'],
    ['a command of another family', files({ family: 'audit' }), { at: 1 }, 'denied'],
    ['a command that steers', files({ kind: 'steer' }), { at: 1 }, 'denied'],
    ['a command that cannot run here', files({ needs: ['git'] }), { at: 1 }, 'unavailable'],
    [
      'a command that does more than look',
      files({
        run: async () => ok({ kind: 'acts', act: { kind: 'plan.execute', plan: 'p' }, data: null }),
      }),
      { at: 1 },
      'denied',
    ],
    [
      'a command that says too much',
      files({ limits: { timeoutMs: 1_000, outputBytes: 10 } }),
      { at: 1 },
      'limit',
    ],
    [
      'a command that takes too long',
      files({ limits: { timeoutMs: 20, outputBytes: 1_000 }, run: () => new Promise(() => {}) }),
      { at: 1 },
      'timeout',
    ],
  ])('refuses %s', async (_, peek, values, code) => {
    const { result } = await look(peek, values);
    expect(result).toMatchObject({ ok: false, error: { code } });
  });

  it('ends when it is stopped', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 20);
    const { result } = await look(
      files({ run: () => new Promise(() => {}) }),
      { at: 1 },
      controller.signal,
    );
    expect(result).toMatchObject({ ok: false, error: { code: 'cancelled' } });
  });
});
