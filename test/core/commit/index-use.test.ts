import { expect, it } from 'vitest';
import { parseShell } from '../../../src/adapters/shell/parse.ts';
import { findIndexUse, type IndexUse } from '../../../src/core/commit/index-use.ts';
import { explain } from '../../../src/core/policy/decide.ts';
import { createPolicy } from '../../../src/core/policy/policy.ts';
import type { Action } from '../../../src/core/types.ts';
import { policyData, WORLD } from '../../support/policy.ts';

const policy = createPolicy(policyData());

function useOf(what: string | Action): IndexUse {
  const action: Action =
    typeof what === 'string' ? { kind: 'shell.run', command: what } : { ...what };
  const { findings } = explain(policy, parseShell, WORLD, action);
  const isOwn = (folder: string) =>
    `${folder}/`.startsWith(`${WORLD.workspace}/`) && !folder.endsWith('/inner');
  return findIndexUse(
    findings.map(({ fact }) => fact),
    isOwn,
  );
}

it.each<readonly [IndexUse, readonly string[]]>([
  [
    'commits',
    [
      'git commit -m x',
      'git commit',
      'git commit -am x',
      'git commit --amend --no-edit',
      'git commit -i src -m x',
      'npm test && git commit -m x',
      'sh -c "git add . && git commit -m x"',
      'cd src && git commit -m x',
      'git -C src commit -m x',
      'cd inner; cd ..; git commit -m x',
      'git merge --continue',
      'git rebase --continue',
    ],
  ],
  [
    'elsewhere',
    [
      'cd inner && git commit -m x',
      'git -C inner commit -m x',
      'git -C /srv/other commit -m x',
      'git --git-dir=inner/.git commit -m x',
      'git --work-tree inner commit -m x',
      'git commit -m x; git -C inner commit -m x',
      'cd "$PLACE" && git commit -m x',
    ],
  ],
  [
    'changes',
    [
      ...['git add src', 'git rm a', 'git mv a b', 'git reset', 'git switch x', 'git stash'],
      'git pull',
      // It takes these as they lie, and leaves alone what else is staged.
      'git commit -m x -- src',
      'git commit -m x src/a.ts',
    ],
  ],
  [
    'none',
    [
      'npm test',
      'git status',
      'git diff --cached',
      'git log commit',
      'git push',
      'git tag v1',
      'git config user.name x',
    ],
  ],
])('is known for what a command does with what is staged: %s', (use, commands) => {
  expect(commands.map((command) => [command, useOf(command)])).toEqual(
    commands.map((command) => [command, use]),
  );
});

it('is known for a call of git without a shell', () => {
  expect(useOf({ kind: 'git.run', argv: ['commit', '-m', 'git add x'] })).toBe('commits');
  expect(useOf({ kind: 'git.run', argv: ['-C', 'inner', 'commit', '-m', 'x'] })).toBe('elsewhere');
  expect(useOf({ kind: 'git.run', argv: ['add', '-A'] })).toBe('changes');
  expect(useOf({ kind: 'file.write', path: 'commit', content: '' })).toBe('none');
});
