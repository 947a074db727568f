import { expect, it } from 'vitest';
import { lookAtRepository } from '../../../src/commands/plan/look-at-repository.ts';
import type { ViewKind } from '../../../src/core/types.ts';

const isSeen = (above: string | null, view: ViewKind, isShown = true): boolean | undefined => {
  const readers = {
    git: { outside: () => ({ store: '/srv/shop/.git', above }) },
    cages: { shows: () => isShown },
  };
  const report = { rung: 'L2', view, by: 'bwrap', holds: '', why: '' } as const;
  return lookAtRepository(readers, report)?.isSeen;
};

it('sees a repository above where no view of the workspace hides the way to it', () => {
  expect(isSeen('/srv/shop', 'direct')).toBe(true);
  expect(isSeen('/srv/shop', 'overlay')).toBe(false);
  expect(isSeen('/srv/shop', 'direct', false)).toBe(false);
});

it('sees the repository of a worktree or a submodule where the cage shows it', () => {
  expect(isSeen(null, 'overlay')).toBe(true);
  expect(isSeen(null, 'overlay', false)).toBe(false);
});
