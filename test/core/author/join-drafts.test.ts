import { describe, expect, it } from 'vitest';
import { findClash, joinDrafts, type PartDraft } from '../../../src/core/author/join-drafts.ts';
import { pathsAfter } from '../../../src/core/author/paths-after.ts';
import type { Action, DraftStep } from '../../../src/core/types.ts';

const write = (path: string): Action => ({ kind: 'file.write', path, content: 'x\n' });
const run = (...argv: readonly string[]): Action => ({ kind: 'shell.run', argv });
const stepsOf = (actions: readonly Action[]): readonly DraftStep[] =>
  actions.map((action, at) => ({ id: String(at + 1), action }));
const part = (planner: PartDraft['planner'], ...actions: readonly Action[]): PartDraft => ({
  planner,
  draft: {
    goal: planner,
    origin: { kind: planner, text: planner },
    steps: stepsOf(actions),
    open: [`${planner} left something open`],
  },
});
const joined = (...parts: readonly PartDraft[]) =>
  joinDrafts('all of it', parts).steps.map(({ id, dependsOn, action }) => [
    id,
    dependsOn,
    action.kind,
  ]);

describe('plans for the parts of a request', () => {
  it('become one, with all that is open and names of its own', () => {
    const draft = joinDrafts(' all of it ', [part('rules', write('a')), part('model', write('b'))]);
    expect(draft).toMatchObject({
      goal: 'all of it',
      origin: { kind: 'model' },
      steps: [{ id: '1' }, { id: '2' }],
      open: ['rules left something open', 'model left something open'],
    });
  });

  it('let a program wait for all before it, and all after wait for it', () => {
    expect(
      joined(part('model', write('a'), write('b')), part('rules', run('npm', 'test'), run('ls'))),
    ).toEqual([
      ['1', [], 'file.write'],
      ['2', [], 'file.write'],
      ['3', ['1', '2'], 'shell.run'],
      ['4', ['1', '2'], 'shell.run'],
    ]);
    expect(joined(part('rules', run('ls')), part('model', write('a')))).toEqual([
      ['1', [], 'shell.run'],
      ['2', ['1'], 'file.write'],
    ]);
  });

  it('say what is made from files that a program before may change', () => {
    const { open = [] } = joinDrafts('x', [part('rules', run('ls')), part('model', write('a'))]);
    expect(open.join(' ')).toContain('those steps will be refused');
  });

  it('keep what a step waited for within its own part', () => {
    const model: PartDraft = {
      ...part('model'),
      draft: {
        goal: 'm',
        origin: { kind: 'model', text: 'm' },
        steps: [
          { id: 'a', action: write('a') },
          { id: 'b', action: write('b'), dependsOn: ['a', 'gone'] },
        ],
      },
    };
    expect(joined(part('rules', write('z')), model)).toEqual([
      ['1', [], 'file.write'],
      ['2', [], 'file.write'],
      ['3', ['2'], 'file.write'],
    ]);
  });

  it('run nothing twice that the person has asked for', () => {
    const model = part('model', write('a'), run('npm', 'test'), run('npm', 'run', 'lint'));
    expect(joined(model, part('rules', run('npm', 'test'))).map(([, , kind]) => kind)).toEqual([
      'file.write',
      'shell.run',
      'shell.run',
    ]);
    const commit: Action = { kind: 'git.run', argv: ['commit', '-m', 'x'] };
    expect(joined(part('model', run('git', 'commit', '-m', 'x')), part('rules', commit))).toEqual([
      ['1', [], 'git.run'],
    ]);
  });

  it('clash where both would change a path, or one lies in what the other takes away', () => {
    const clash = (mine: Action, theirs: Action) =>
      findClash([part('rules', mine), part('model', theirs)]);
    expect(clash(write('a'), write('b'))).toBeNull();
    expect(clash(write('a'), write('a'))).toBe('a');
    expect(clash({ kind: 'file.delete', path: 'src' }, write('src/a'))).toBe('src/a');
    expect(clash(write('src/a'), { kind: 'file.delete', path: 'src' })).toBe('src');
    expect(clash({ kind: 'file.move', from: 'a', to: 'b' }, write('b'))).toBe('b');
    expect(clash({ kind: 'folder.create', path: 'src' }, write('src/a'))).toBeNull();
    expect(clash(run('ls'), run('ls'))).toBeNull();
  });
});

describe('the files after some actions', () => {
  it('are those that are there then', () => {
    const paths = ['a', 'src/a', 'src/b', 'z'];
    expect(pathsAfter(paths, [])).toEqual(paths);
    expect(
      pathsAfter(paths, [
        write('new'),
        { kind: 'file.move', from: 'src', to: 'lib' },
        { kind: 'file.delete', path: 'a' },
        run('ls'),
      ]),
    ).toEqual(['lib/a', 'lib/b', 'new', 'z']);
  });
});
