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
