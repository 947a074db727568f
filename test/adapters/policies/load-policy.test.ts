import { describe, expect, it } from 'vitest';
import { loadPolicy } from '../../../src/adapters/policies/load-policy.ts';
import { createPolicyReader } from '../../../src/adapters/policies/policy-reader.ts';
import { fail } from '../../../src/core/result.ts';
import { cpuMsOf } from '../../support/cpu-time.ts';
import {
  compiledPolicy,
  judgeWith,
  policyData,
  policySources,
  WORLD,
} from '../../support/policy.ts';

const RULE = `
rules:
  - id: no-ls
    verdict: deny
    reason: Not here
    when: { program: [ls] }
    examples: { match: [ls], not: [cat a] }
`;

const load = (text: string, isTrusted: boolean) =>
  loadPolicy({
    ...policySources(),
    compiled: compiledPolicy(),
    added: [{ path: 'mine.yaml', text, isTrusted }],
  });

const problemsOf = (text: string): string => {
  const loaded = load(text, true);
  return loaded.ok ? '' : JSON.stringify(loaded.error.data);
};

describe('the rules that TinyCode comes with', () => {
  it('load, and every example holds', () => {
    expect(policyData().rules.length).toBeGreaterThan(100);
  });

  it('are the same compiled as parsed', () => {
    const parsed = loadPolicy(policySources());
    expect(parsed.ok && parsed.value).toEqual(policyData());
  });

  it('are parsed anew when a file is not what was compiled', () => {
    const sources = policySources();
    const [first, ...rest] = sources.builtIn;
    const changed = { path: first?.path ?? '', text: `${first?.text}\n# changed\n` };
    const broken = { path: 'x.yaml', text: 'rules: 7' };
    const fine = loadPolicy({
      ...sources,
      builtIn: [changed, ...rest],
      compiled: compiledPolicy(),
    });
    expect(fine.ok).toBe(true);
    const bad = loadPolicy({
      ...sources,
      builtIn: [...sources.builtIn, broken],
      compiled: compiledPolicy(),
    });
    expect(bad.ok).toBe(false);
  });

  it('load fast when they are compiled', () => {
    const sources = { ...policySources(), compiled: compiledPolicy() };
    loadPolicy(sources);
    expect(cpuMsOf(() => void loadPolicy(sources))).toBeLessThan(100);
  });
});

describe('a rule file of a workspace', () => {
  it('tightens at once, trusted or not', () => {
    const loaded = load(RULE, false);
    expect(loaded.ok && judgeWith(loaded.value)('ls').verdict).toBe('deny');
  });

  it('allows only when it is trusted', () => {
    const allow = RULE.replace('deny', 'allow')
      .replaceAll('ls', 'frobnicate')
      .replace('program: [frobnicate]', 'trait: [unknown-program]');
    const verdictOf = (isTrusted: boolean) => {
      const loaded = load(allow, isTrusted);
      if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));
      return loaded.value.rules.some(({ id }) => id.startsWith('mine/'));
    };
    expect(verdictOf(true)).toBe(true);
    expect(verdictOf(false)).toBe(false);
  });

  it('cannot loosen what another rule denies', () => {
    const allow = RULE.replace('deny', 'allow')
      .replace('[ls]', '[rm]')
      .replace('match: [ls]', 'match: [rm a]')
      .replace('not: [cat a]', 'not: [ls]');
    const loaded = load(allow, true);
    expect(loaded.ok && judgeWith(loaded.value)('rm -rf /').verdict).toBe('deny');
  });

  it('may take away several things, of which one is enough', () => {
    const exceptions = '    unless: [{ flags: ["-a"] }, { operand: [src] }]\n    examples';
    const loaded = load(RULE.replace('    examples', exceptions), false);
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));
    const judge = judgeWith(loaded.value);
    const verdicts = ['ls', 'ls -a', 'ls src', 'ls lib'].map((each) => judge(each).verdict);
    expect(verdicts).toEqual(['deny', 'allow', 'allow', 'deny']);
    expect(
      problemsOf(RULE.replace('    examples', '    unless: [{ flgs: [x] }]\n    examples')),
    ).toContain('unless 1: unknown');
  });

  it('may hold rules only', () => {
    expect(problemsOf('programs: { ls: { group: look } }')).toContain('may hold rules only');
  });
});

describe('a mistake in a rule file', () => {
  it.each([
    ['an unknown key', RULE.replace('verdict', 'verdct'), 'did you mean verdict'],
    ['a verdict that is none', RULE.replace('deny', 'forbid'), 'not one of allow, ask, deny'],
    ['an unknown condition', RULE.replace('program', 'progam'), 'did you mean program'],
    ['a condition that cannot hold', RULE.replace('[ls] }', '[ls], path: [/x] }'), 'never meet'],
    ['no examples', RULE.replace(/ {4}examples.*\n/, ''), 'shows with `match` and `not`'],
    ['an example that does not match', RULE.replace('match: [ls]', 'match: [pwd]'), 'should match'],
    ['an example that does', RULE.replace('not: [cat a]', 'not: [ls -l]'), 'should not match'],
    ['text that is no YAML', 'rules: [', 'is not YAML'],
  ])('is named: %s', (_what, text, message) => expect(problemsOf(text)).toContain(message));
});

describe('the reader', () => {
  const reader = createPolicyReader({
    ...policySources(),
    builtInFolder: 'policies',
    compiledFile: null,
    added: () => ({ ok: true, value: [] }),
    hashing: { ...policySources().hashing, canonical: (value) => JSON.stringify(value) },
  });

  it('decides, explains, lists and tests', () => {
    const action = { kind: 'shell.run', command: 'sudo ls' } as const;
    const decision = reader.decide(action, WORLD);
    expect(decision.ok && decision.value.verdict).toBe('deny');
    const explained = reader.explain(action, WORLD);
    expect(explained.ok && explained.value.findings.length).toBeGreaterThan(0);
    const rules = reader.rules('standard');
    expect(rules.ok && rules.value.length).toBe(policyData().rules.length);
    const tested = reader.test();
    expect(tested.ok && tested.value.failures).toEqual([]);
    const version = reader.version();
    expect(version.ok && version.value).toMatch(/^[0-9a-f]{64}$/);
  });

  it('fails, and so allows nothing, when the folder is not there', () => {
    const lost = createPolicyReader({
      ...policySources(),
      builtInFolder: 'no-such-folder',
      compiledFile: null,
      added: () => ({ ok: true, value: [] }),
      hashing: { ...policySources().hashing, canonical: (value) => JSON.stringify(value) },
    });
    expect(lost.decide({ kind: 'file.read', path: 'a' }, WORLD).ok).toBe(false);
  });

  it('fails when a rule file of the person or the workspace cannot be read: it may deny', () => {
    const unread = createPolicyReader({
      ...policySources(),
      builtInFolder: 'policies',
      compiledFile: null,
      added: () => fail('unreadable', 'mine.yaml cannot be read.'),
      hashing: { ...policySources().hashing, canonical: (value) => JSON.stringify(value) },
    });
    expect(unread.decide({ kind: 'file.read', path: 'a' }, WORLD)).toMatchObject({
      ok: false,
      error: { code: 'unreadable' },
    });
  });
});
