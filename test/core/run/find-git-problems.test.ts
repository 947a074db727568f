import { describe, expect, it } from 'vitest';
import {
  findGitProblems,
  type RepositorySight,
  type RepositoryStep,
} from '../../../src/core/run/find-git-problems.ts';
import type { Action, Step } from '../../../src/core/types.ts';

const GIT: Action = { kind: 'git.run', argv: ['x'] };
const SHELL: Action = { kind: 'shell.run', argv: ['make'] };
const stepOf = (action: Action, more: Partial<Step> = {}): Step => ({
  ...{ id: '1', title: '', why: '', risk: 'low', dependsOn: [], check: false, action },
  ...{ before: [], after: [] },
  effects: { runs: [], writes: [], deletes: [], network: [], isReversible: true },
  ...more,
});
const stepThat = (
  action: Action,
  does: RepositoryStep['repository']['does'],
  more: {
    readonly isOwn?: boolean;
    readonly isTurned?: boolean;
    readonly step?: Partial<Step>;
  } = {},
): RepositoryStep => ({
  step: stepOf(action, more.step),
  repository: { does, isOwn: more.isOwn ?? true },
  isTurned: more.isTurned ?? false,
});
const found = (step: RepositoryStep, sight: RepositorySight | null = null) =>
  findGitProblems([step], sight).map(({ severity, code }) => `${severity} ${code}`);

describe('a program in which git changes the repository', () => {
  it('is warned of, where its changes would be refused', () => {
    expect(found(stepThat(SHELL, 'changes'))).toEqual(['warn git-inside']);
    expect(found(stepThat(SHELL, 'changes', { isOwn: false }))).toEqual(['warn git-inside']);
    expect(found(stepThat(SHELL, 'looks'))).toEqual([]);
    expect(found(stepThat(GIT, 'changes'))).toEqual([]);
    expect(found(stepThat(SHELL, 'changes', { step: { check: true } }))).toEqual([]);
    const direct = { runs: [], writes: [], deletes: [], network: [], isReversible: false };
    expect(found(stepThat(SHELL, 'changes', { step: { effects: direct } }))).toEqual([]);
  });

  it('is told of where it became a git step', () => {
    expect(found(stepThat(GIT, 'changes', { isTurned: true }))).toEqual(['info git-step']);
    expect(found(stepThat(GIT, 'looks', { isTurned: true }))).toEqual([]);
  });
});

describe('a repository that is kept outside of the workspace', () => {
  const above = (isSeen: boolean): RepositorySight => ({
    outside: { store: '/srv/shop/.git', above: '/srv/shop' },
    isSeen,
  });

  it('is changed by no step of a plan', () => {
    for (const isSeen of [true, false]) {
      expect(found(stepThat(GIT, 'changes'), above(isSeen))).toEqual(['error unavailable']);
      expect(found(stepThat(SHELL, 'changes'), above(isSeen))).toEqual(['error unavailable']);
      expect(found(stepThat(GIT, 'changes', { isOwn: false }), above(isSeen))).toEqual([]);
      expect(found(stepThat(GIT, 'nothing'), above(isSeen))).toEqual([]);
    }
  });

  it('is looked at where a cage shows it', () => {
    expect(found(stepThat(GIT, 'looks'), above(true))).toEqual([]);
    expect(found(stepThat(GIT, 'looks'), above(false))).toEqual(['error unavailable']);
    expect(found(stepThat(SHELL, 'looks'), above(false))).toEqual(['warn unavailable']);
  });

  it('is named, with what to do instead', () => {
    const [first] = findGitProblems([stepThat(GIT, 'changes')], above(false));
    expect(first?.message).toContain('kept in /srv/shop/.git, above this folder');
    expect(first?.remedy).toContain('Start TinyCode in /srv/shop, or do it by hand');
    const own = { outside: { store: '/r/.git/worktrees/w', above: null }, isSeen: true };
    const [second] = findGitProblems([stepThat(GIT, 'changes')], own);
    expect(second?.message).toContain('kept in /r/.git/worktrees/w, outside of this folder');
    expect(second?.remedy).not.toContain('Start');
  });
});
