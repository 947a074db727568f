import { describe, expect, it } from 'vitest';
import { plannerLab } from '../../support/planner-lab.ts';

describe('a plan of several sentences', () => {
  it('builds each on what the ones before it leave', async () => {
    const lab = plannerLab({ 'src/a.ts': 'foo;\n' });
    const draft = await lab.planned(
      'rename foo to bar in src; move src to lib; rename bar to baz in lib; create lib/b.ts with content "baz"; replace "baz" with "x" in lib/*.ts; copy lib/b.ts to c.ts; delete the folder lib',
    );
    expect(draft.steps.map(({ action }) => action)).toEqual([
      { kind: 'file.edit', path: 'src/a.ts', content: 'bar;\n' },
      { kind: 'file.move', from: 'src', to: 'lib' },
      { kind: 'file.edit', path: 'lib/a.ts', content: 'baz;\n' },
      { kind: 'file.write', path: 'lib/b.ts', content: 'baz' },
      { kind: 'file.edit', path: 'lib/a.ts', content: 'x;\n' },
      { kind: 'file.edit', path: 'lib/b.ts', content: 'x' },
      { kind: 'file.write', path: 'c.ts', content: 'x' },
      { kind: 'file.delete', path: 'lib' },
    ]);
  });

  it('finds nothing where an earlier sentence has taken it away', async () => {
    const lab = plannerLab({ 'a.txt': 'x', 'b/c.txt': 'x' });
    expect(await lab.refused('delete a.txt then copy a.txt to d.txt')).toMatchObject({
      code: 'not-found',
    });
    expect(await lab.refused('move b to d then delete b/c.txt')).toMatchObject({
      code: 'not-found',
    });
    expect(
      (await lab.planned('move b to d; delete d/c.txt; create an empty file b')).steps,
    ).toHaveLength(3);
  });

  it('lets a process wait for what was said before it, and the rest for the process', async () => {
    const lab = plannerLab({ 'a.ts': 'foo;\n', 'b.ts': 'foo;\n' });
    const { steps, open } = await lab.planned(
      'rename foo to bar, then run npm test, then run "npm run build", then delete b.ts',
    );
    expect(steps.map(({ id, dependsOn }) => [id, dependsOn])).toEqual([
      ['1', undefined],
      ['2', undefined],
      ['3', ['1', '2']],
      ['4', ['3']],
      ['5', ['4']],
    ]);
    expect(open).toEqual([
      'What comes after “run "npm run build"” is made from the files as they are now; if it changes them, those steps will be refused.',
    ]);
  });

  it('makes no plan at all when one sentence cannot be planned', async () => {
    const lab = plannerLab({ 'a.ts': 'foo;\n' });
    expect(await lab.refused('rename foo to bar then delete c.ts')).toMatchObject({
      code: 'not-found',
    });
  });
});
