import { expect, it } from 'vitest';
import { sayGitInside } from '../../../src/core/run/git-inside.ts';
import type { Action } from '../../../src/core/types.ts';

const said = (action: Action, runs: readonly string[], exitCode: number, output = ''): boolean => {
  const effects = { runs, writes: [], deletes: [], network: [], isReversible: true };
  return sayGitInside({ action, effects }, { exitCode, output }).includes('step of its own');
};
const SHELL: Action = { kind: 'shell.run', command: 'x' };
const UNKNOWN = 'building\nAuthor identity unknown\n\n*** Please tell me who you are.\n';

it('is said where a commit in a program fails, as its words or git tell', () => {
  expect(said(SHELL, ['sh', 'git commit'], 128)).toBe(true);
  expect(said(SHELL, ['git stash push'], 128)).toBe(true);
  expect(said(SHELL, ['make'], 2, UNKNOWN)).toBe(true);
});

it('is not said of other failures, nor of git steps', () => {
  expect(said(SHELL, ['git commit'], 1)).toBe(false);
  expect(said(SHELL, ['git describe'], 128)).toBe(false);
  expect(said(SHELL, ['make'], 128)).toBe(false);
  expect(said({ kind: 'git.run', argv: ['commit'] }, ['git commit'], 128, UNKNOWN)).toBe(false);
});
