import { expect, it } from 'vitest';
import { parseShell } from '../../../src/adapters/shell/parse.ts';
import { explain } from '../../../src/core/policy/decide.ts';
import { createPolicy } from '../../../src/core/policy/policy.ts';
import { findRepositoryUse, type RepositoryUse } from '../../../src/core/run/repository-use.ts';
import { policyData, WORLD } from '../../support/policy.ts';

const policy = createPolicy(policyData());

function usedBy(command: string): RepositoryUse {
  const { findings } = explain(policy, parseShell, WORLD, { kind: 'shell.run', command });
  const isOwn = (folder: string) =>
    `${folder}/`.startsWith(`${WORLD.workspace}/`) && !folder.includes('/inner');
  return findRepositoryUse(
    findings.map(({ fact }) => fact),
    isOwn,
  );
}

it.each<readonly [RepositoryUse['does'], readonly string[]]>([
  [
    'nothing',
    [
      'npm test',
      'echo git commit',
      'git init',
      'git --version',
      'git clone https://a/b',
      'git ls-remote a',
    ],
  ],
  [
    'looks',
    [
      ...['git status', 'git log', 'git diff --cached', 'git remote -v', 'git stash list'],
      ...['git branch', 'git branch -a', 'git branch --list x', 'git tag', 'git tag -l v1'],
      ...['git config user.name', 'git config --get user.name', 'git config get a.b'],
      ...['git clean -fd', 'git apply a.patch', 'git add --dry-run a', 'git archive HEAD'],
      ...['git worktree list', 'npm test && git rev-parse HEAD'],
    ],
  ],
  [
    'changes',
    [
      ...['git add a', 'git commit -m x', 'git mv a b', 'git rm a', 'git reset', 'git switch x'],
      ...['git stash', 'git stash pop', 'git merge x', 'git pull', 'git fetch', 'git push'],
      ...['git branch x', 'git branch -d x', 'git tag v1', 'git tag -d v1', 'git gc'],
      ...['git config user.name x', 'git config --unset user.name', 'git config set a.b c'],
      ...['git remote add x y', 'git apply --index a.patch', 'git worktree add ../x'],
      ...['git update-ref a b', 'git notes add -m x', 'git submodule update', 'git bisect start'],
      ...['sh -c "git add . && git commit -m x"', 'npm test; git status; git tag v1'],
      ...['cd src && git commit -m x', 'git -C src commit -m x'],
    ],
  ],
])('is known for what a command does with the repository: %s', (does, commands) => {
  expect(commands.map((command) => [command, usedBy(command)])).toEqual(
    commands.map((command) => [command, { does, isOwn: true }]),
  );
});

it('is known for whether it is the workspace’s own', () => {
  for (const command of [
    ...['git -C inner commit -m x', 'cd inner && git commit -m x', 'git -C /srv/other add a'],
    ...['git --git-dir=inner/.git tag v1', 'git --git-dir inner/.git log', 'git -C inner status'],
  ]) {
    expect([command, usedBy(command).isOwn]).toEqual([command, false]);
  }
});
