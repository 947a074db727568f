import { describe, expect, it } from 'vitest';
import { createPolicyReader } from '../../../src/adapters/policies/policy-reader.ts';
import type { Command, CommandContext } from '../../../src/commands/command.ts';
import { policyCheck } from '../../../src/commands/policy/check.ts';
import { policyExplain } from '../../../src/commands/policy/explain.ts';
import { policyShow } from '../../../src/commands/policy/show.ts';
import { policyTest } from '../../../src/commands/policy/test.ts';
import { parseArgs } from '../../../src/core/commands/parse-args.ts';
import { fail } from '../../../src/core/result.ts';
import type { Block, Json } from '../../../src/core/types.ts';
import type { Readers } from '../../../src/ports.ts';
import { policySources, WORLD } from '../../support/policy.ts';

const policy = createPolicyReader({
  ...policySources(),
  builtInFolder: 'policies',
  compiledFile: null,
  added: () => ({ ok: true, value: [] }),
  hashing: { ...policySources().hashing, canonical: (value) => JSON.stringify(value) },
});

async function run(command: Command, words: readonly string[], stdin?: readonly string[]) {
  const blocks: Block[] = [];
  const lines: Json[] = [];
  const args = parseArgs(command, words);
  if (!args.ok) throw new Error(args.error.message);
  const context: CommandContext = {
    situation: { ...WORLD, mode: 'chat' },
    session: 'test',
    user: 'ann',
    now: () => new Date(0),
    newId: () => 'p1',
    model: { kind: 'unknown' },
    turns: [],
    talked: () => {},
    progress: () => {},
    look: async () => fail('denied', 'No look here.'),
    ask: async () => null,
    talking: () => {},
    door: 'headless',
    version: '0.0.0',
    readers: { policy } as unknown as Readers,
    capabilities: () => [],
    queues: [],
    show: (block) => blocks.push(block),
    line: stdin === undefined ? null : (value) => lines.push(value),
    input: stdin === undefined ? null : inputOf(stdin),
    signal: new AbortController().signal,
  };
  return { result: await command.run(args.value, context), blocks, lines };
}

const inputOf = (stdin: readonly string[]) => ({
  text: async () => stdin.join('\n'),
  async *lines() {
    yield* stdin;
  },
});

describe('policy check', () => {
  it('judges for execute, whatever the mode of the session', async () => {
    const { result } = await run(policyCheck, ['npm', 'test']);
    expect(result).toMatchObject({ ok: true, value: { data: { verdict: 'allow' } } });
  });

  it('judges for another mode when it is told to', async () => {
    const { result } = await run(policyCheck, ['--as-mode', 'chat', 'npm', 'test']);
    expect(result).toMatchObject({ ok: true, value: { data: { verdict: 'deny' } } });
  });

  it('takes a whole command line as one word', async () => {
    const { result, blocks } = await run(policyCheck, ['cd /; rm -rf *']);
    expect(result).toMatchObject({ ok: true, value: { data: { verdict: 'deny' } } });
    expect(JSON.stringify(blocks)).toContain('deny');
  });

  it('answers each line of standard input in order, and goes on after a bad one', async () => {
    const { result, lines } = await run(
      policyCheck,
      ['--stdin'],
      [
        '{"command":"ls"}',
        'no json',
        '{"command":7}',
        '{"action":{"kind":"file.write","path":"../x","content":""}}',
        '{"action":{"kind":"file.write"}}',
        '{"action":{"kind":"frobnicate"}}',
        '{"action":{"kind":"shell.run","argv":["rm","-rf","/"]}}',
      ],
    );
    expect(result.ok).toBe(true);
    expect(lines).toMatchObject([
      { verdict: 'allow' },
      { error: { code: 'invalid' } },
      { error: { code: 'invalid' } },
      { verdict: 'deny', because: [{ rule: 'paths/outside-workspace' }] },
      { error: { code: 'invalid' } },
      { error: { code: 'invalid' } },
      { verdict: 'deny' },
    ]);
  });

  it('takes another home', async () => {
    const line = ['{"command":"cat ~/.aws/credentials"}'];
    const { lines } = await run(policyCheck, ['--stdin', '--home', '/srv/eve'], line);
    expect(JSON.stringify(lines)).toContain('/srv/eve/.aws/credentials');
  });

  it('says what is missing when there is nothing to check', async () => {
    const { result } = await run(policyCheck, []);
    expect(result).toMatchObject({ ok: false, error: { code: 'usage' } });
    const { result: without } = await run(policyCheck, ['--stdin']);
    expect(without).toMatchObject({ ok: false, error: { code: 'usage' } });
  });
});

describe('policy explain', () => {
  it('shows the parts, the accesses and the rules', async () => {
    const { result, blocks } = await run(policyExplain, ['timeout 5 sh -c "echo x > /etc/motd"']);
    expect(result.ok).toBe(true);
    const shown = JSON.stringify(blocks);
    expect(shown).toContain('program: timeout');
    expect(shown).toContain('write /etc/motd');
    expect(shown).toContain('paths/outside-workspace (deny)');
  });
});

describe('policy show', () => {
  it('lists the rules of the level, and one in full', async () => {
    const { blocks } = await run(policyShow, ['--verdict', 'deny']);
    expect(JSON.stringify(blocks)).toContain('paths/outside-workspace');
    const { blocks: one } = await run(policyShow, ['--rule', 'paths/protected']);
    expect(JSON.stringify(one)).toContain('.envrc');
  });

  it('says so when there is no such rule', async () => {
    const { result } = await run(policyShow, ['--rule', 'no/such']);
    expect(result).toMatchObject({ ok: false, error: { code: 'not-found' } });
  });
});

describe('policy test', () => {
  it('runs every example', async () => {
    const { result } = await run(policyTest, []);
    expect(result).toMatchObject({ ok: true, value: { exitCode: 0, data: { failures: [] } } });
  });
});
