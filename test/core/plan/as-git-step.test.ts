import { expect, it } from 'vitest';
import { tidyAction } from '../../../src/core/plan/tidy-action.ts';
import type { Action, ShellRun } from '../../../src/core/types.ts';

const tidied = (action: Action): Action => {
  const tidy = tidyAction('/w', action);
  if (!tidy.ok) throw new Error(tidy.error.message);
  return tidy.value;
};
const run = (more: Partial<ShellRun> & { readonly argv?: readonly string[] } = {}): Action =>
  ({ kind: 'shell.run', argv: ['git', 'commit', '-m', 'x'], ...more }) as ShellRun;
const COMMIT = { kind: 'git.run', argv: ['commit', '-m', 'x'] };

it('makes a git step of a program that is nothing but git, with the same words and network', () => {
  expect(tidied(run())).toEqual(COMMIT);
  for (const nothing of [{ env: {} }, { limits: {} }, { terminal: false }, { cwd: '.' }]) {
    expect(tidied(run(nothing))).toEqual(COMMIT);
  }
  expect(tidied(run({ network: true }))).toEqual({ ...COMMIT, network: true });
  expect(tidied(run({ network: false }))).toEqual({ ...COMMIT, network: false });
});

it('says with -C in which folder it runs', () => {
  const there = { kind: 'git.run', argv: ['-C', 'src/a', 'commit', '-m', 'x'] };
  expect(tidied(run({ cwd: 'src/./a/' }))).toEqual(there);
  expect(tidied(run({ cwd: '/w/src/a' }))).toEqual(there);
});

it.each<Action>([
  run({ argv: ['git'] }),
  run({ argv: ['/usr/bin/git', 'status'] }),
  run({ argv: ['./git', 'status'] }),
  run({ argv: ['env', 'git', 'status'] }),
  run({ argv: ['sh', '-c', 'git status'] }),
  { kind: 'shell.run', command: 'git status' },
  run({ env: { GIT_AUTHOR_NAME: 'x' } }),
  run({ input: '' }),
  run({ terminal: true }),
  run({ limits: { seconds: 9 } }),
  run({ cwd: '/' }),
])('leaves a program that is more than git what it is: %j', (action) => {
  expect(tidied(action)).toEqual(action);
});
