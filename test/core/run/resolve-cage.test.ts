import { describe, expect, it } from 'vitest';
import { findInteractive } from '../../../src/core/run/find-interactive.ts';
import { resolveCage } from '../../../src/core/run/resolve-cage.ts';
import type { Action, CageRules, RunLimits } from '../../../src/core/types.ts';

const limits: RunLimits = {
  wallMs: 300_000,
  cpuMs: 600_000,
  memoryBytes: 2 ** 31,
  fileBytes: 10 * 2 ** 20,
  diskBytes: 2 ** 31,
  processes: 256,
  openFiles: 100,
  outputBytes: 1_000_000,
};
const rules: CageRules = {
  needs: 'L2',
  network: 'deny',
  limits,
  most: { ...limits, wallMs: 600_000 },
  letThrough: [],
  takes: 'nothing',
};
const run = (more: object = {}): Action => ({ kind: 'shell.run', argv: ['make'], ...more });

describe('the cage of a program', () => {
  it('has the limits of the level where the step says nothing', () => {
    expect(resolveCage(rules, 'L3', run())).toEqual({
      ok: true,
      value: { rung: 'L3', network: false, limits },
    });
  });

  it('has what the step asks for, up to the most of the level', () => {
    expect(resolveCage(rules, 'L2', run({ limits: { seconds: 500 } }))).toMatchObject({
      value: { limits: { wallMs: 500_000, fileBytes: limits.fileBytes } },
    });
    expect(resolveCage(rules, 'L2', run({ limits: { seconds: 601 } }))).toMatchObject({
      error: { code: 'denied' },
    });
  });

  it('is refused on a rung below the one that the level demands', () => {
    expect(resolveCage(rules, 'L1', run())).toMatchObject({ error: { code: 'denied' } });
  });

  it('is closed to the network unless the step asks and the level lets it', () => {
    expect(resolveCage(rules, 'L3', run({ network: true }))).toMatchObject({ ok: false });
    expect(resolveCage({ ...rules, network: 'ask' }, 'L3', run({ network: true }))).toMatchObject({
      value: { network: true },
    });
  });
});

describe('a program that waits for keys', () => {
  const fact = (name: string, more: { flags?: string[]; operands?: string[] } = {}) => [
    { about: 'program', name, group: '', flags: [], operands: [], ...more } as const,
  ];
  it.each([
    ['vim', fact('vim', { operands: ['a'] })],
    ['python3', fact('python3')],
    ['git rebase', fact('git rebase', { flags: ['-i'] })],
  ])('is found: %s', (name, facts) => {
    expect(findInteractive(run(), facts)).toBe(name);
    expect(findInteractive(run({ terminal: true }), facts)).toBeNull();
    expect(findInteractive(run({ input: '' }), facts)).toBeNull();
  });
  it.each([
    ['a script', fact('python3', { operands: ['a.py'] })],
    ['a version', fact('node', { flags: ['--version'] })],
    ['a commit', fact('git commit', { flags: ['-m'] })],
  ])('is not %s', (_, facts) => {
    expect(findInteractive(run(), facts)).toBeNull();
  });
});
