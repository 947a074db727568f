import { describe, expect, it } from 'vitest';
import type { RawStep } from '../../../src/core/author/outline.ts';
import { readOutline } from '../../../src/core/author/read-outline.ts';
import { foreseeStep } from '../../../src/core/plan/foresee-step.ts';
import { imagineWorld } from '../../../src/core/plan/world.ts';
import { ok } from '../../../src/core/result.ts';
import type { Action } from '../../../src/core/types.ts';

const PATHS = ['src/cart.ts', 'src/invoice.ts', 'test/cart.test.ts', 'README.md'];

/** An outline over files that are there, of which one is secret and one is protected. */
function read(...steps: readonly RawStep[]) {
  const there = new Set([...PATHS, '.env', '.envrc']);
  const world = imagineWorld({
    look: (path) =>
      ok(
        there.has(path)
          ? { path, kind: 'file', hash: 'h', size: 1, mode: 0o644 }
          : { path, kind: path === 'src' ? 'folder' : 'absent', mode: 0o755 },
      ),
    below: () => ok([]),
  });
  const measure = () => ({ hash: 'h', size: 0 });
  return readOutline(
    { goal: ' make\nit ', steps },
    {
      paths: PATHS,
      look: world.look,
      foresee: (action) => foreseeStep(world, measure, { file: 0o644, folder: 0o755 }, action),
      forbids,
      untouched: ['README.md'],
    },
  );
}

function forbids(action: Action): string | null {
  if (!('path' in action)) return null;
  if (action.kind === 'file.read') return action.path === '.env' ? 'it holds secrets' : null;
  return action.path === '.envrc' ? 'it is protected' : null;
}

const edit = (path: string, more: Partial<RawStep> = {}): RawStep => ({
  kind: 'edit',
  path,
  why: 'why',
  ...more,
});

describe('reading an outline', () => {
  it('takes steps that make sense as they are, in one line each', () => {
    const { goal, steps, open } = read(
      edit('src/cart.ts', { why: ' round \n it ' }),
      { kind: 'create', path: 'src/round.ts', why: 'new' },
      { kind: 'move', path: 'src/invoice.ts', to: 'src/bill.ts', why: 'name', after: [1] },
      { kind: 'delete', path: 'test/cart.test.ts', why: 'old' },
    );
    expect(goal).toBe('make it');
    expect(open).toEqual([]);
    expect(steps).toEqual([
      { id: '1', kind: 'edit', path: 'src/cart.ts', why: 'round it', dependsOn: [] },
      { id: '2', kind: 'create', path: 'src/round.ts', why: 'new', dependsOn: [] },
      {
        id: '3',
        kind: 'move',
        from: 'src/invoice.ts',
        to: 'src/bill.ts',
        why: 'name',
        dependsOn: ['1'],
      },
      { id: '4', kind: 'delete', path: 'test/cart.test.ts', why: 'old', dependsOn: [] },
    ]);
  });

  it('puts right what can mean one thing only', () => {
    const { steps, open } = read(
      edit('./invoice.ts'),
      { kind: 'create', path: 'src/cart.ts', why: 'it is there already' },
      { kind: 'run', argv: ['npm test'], why: 'look' },
    );
    expect(open).toEqual([]);
    expect(steps).toMatchObject([
      { kind: 'edit', path: 'src/invoice.ts' },
      { kind: 'edit', path: 'src/cart.ts' },
      { kind: 'run', argv: ['npm', 'test'], isCheck: false, dependsOn: ['1', '2'] },
    ]);
  });

  it('puts what is wanted of one file into one step, and keeps to it what refers to the others', () => {
    const { steps } = read(
      edit('src/cart.ts', { why: 'one' }),
      edit('src/invoice.ts', { after: [1] }),
      edit('src/cart.ts', { why: 'two' }),
      edit('test/cart.test.ts', { after: [3] }),
    );
    expect(steps).toMatchObject([
      { id: '1', why: 'one two' },
      { id: '2', dependsOn: ['1'] },
      { id: '4', dependsOn: ['1'] },
    ]);
  });

  it('leaves a file in two steps where a program runs between them', () => {
    const run: RawStep = { kind: 'run', argv: ['make'], why: 'build' };
    const { steps } = read(edit('src/cart.ts'), run, edit('src/cart.ts'));
    expect(steps.map(({ id }) => id)).toEqual(['1', '2', '3']);
  });

  it('sees what earlier steps leave', () => {
    const { steps, open } = read(
      { kind: 'delete', path: 'src/cart.ts', why: 'old' },
      edit('src/cart.ts'),
      { kind: 'move', path: 'src/invoice.ts', to: 'src/cart.ts', why: 'name' },
      edit('src/cart.ts'),
    );
    expect(steps.map(({ id }) => id)).toEqual(['1', '3', '4']);
    expect(open).toEqual([expect.stringContaining('Step 2, edit src/cart.ts')]);
  });

  it.each([
    ['outside', edit('../x.ts'), 'outside'],
    ['absolute', edit('/etc/passwd'), 'outside'],
    ['at home', edit('~/x.ts'), 'outside'],
    ['in git’s folder', edit('.git/config'), '.git'],
    ['secret', edit('.env'), 'it holds secrets'],
    ['protected', edit('.envrc'), 'it is protected'],
    ['to stay as it is', edit('README.md'), 'is to stay as it is'],
    ['not there', edit('src/none.ts'), 'no file src/none.ts'],
    ['a folder', edit('src'), 'folder'],
    ['nameless', { kind: 'edit', why: 'x' }, 'names no file'],
    ['a move to nowhere', { kind: 'move', path: 'src/cart.ts', why: 'x' }, 'names no file'],
    [
      'a move onto a file',
      { kind: 'move', path: 'src/cart.ts', to: 'src/invoice.ts', why: 'x' },
      'there already',
    ],
    ['a run of nothing', { kind: 'run', why: 'x' }, 'what to run'],
    ['a run that wants a shell', { kind: 'run', argv: ['npm test | tail'], why: 'x' }, 'shell'],
    ['a shell in words', { kind: 'run', argv: ['npm', 'test', '&&', 'ls'], why: 'x' }, 'shell'],
    ['a quote that does not close', { kind: 'run', argv: ['echo "x'], why: 'x' }, 'told apart'],
  ] as [string, RawStep, string][])('makes an open point of what is %s', (_, step, words) => {
    const { steps, open } = read(step);
    expect(steps).toEqual([]);
    expect(open).toEqual([expect.stringContaining(words)]);
    expect(open[0]).toMatch(/^Step 1, /);
  });

  it('makes one of what builds on such a step as well, but not of a program', () => {
    const { steps, open } = read(edit('src/none.ts'), edit('src/cart.ts', { after: [1] }), {
      kind: 'run',
      argv: ['make'],
      why: 'x',
      after: [1],
    });
    expect(open).toHaveLength(2);
    expect(steps).toMatchObject([{ id: '3', dependsOn: [] }]);
  });

  it('cannot be led in a circle: only earlier steps are waited for', () => {
    const { steps } = read(
      edit('src/cart.ts', { after: [2, 1, 9, -1, 0] }),
      edit('src/invoice.ts', { after: [1] }),
    );
    expect(steps.map(({ dependsOn }) => dependsOn)).toEqual([[], ['1']]);
  });
});
