import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { findOutside } from '../../../src/adapters/git/read-branch.ts';
import { temporaryFolder } from '../../support/files.ts';
import { newHostileRepository } from '../../support/hostile-repository.ts';

it('finds where the repository of a folder is kept, if that is not in it', async () => {
  const lab = await newHostileRepository();
  await lab.fill();
  const { root, workspace } = lab;
  expect(findOutside(workspace)).toBe(null);
  lab.write('deep/er/file', '');
  const above = { store: join(workspace, '.git'), above: workspace };
  expect(findOutside(lab.at('deep'))).toEqual(above);
  expect(findOutside(lab.at('deep/er'))).toEqual(above);
  await lab.plain(['worktree', 'add', '-q', join(root, 'tree')]);
  const store = join(workspace, '.git', 'worktrees', 'tree');
  expect(findOutside(join(root, 'tree'))).toEqual({ store, above: null });
  const linked = join(root, 'linked');
  mkdirSync(linked);
  symlinkSync(join(workspace, '.git'), join(linked, '.git'));
  expect(findOutside(linked)).toEqual({ store: join(workspace, '.git'), above: null });
});

it('finds nothing where it is kept inside, where none is, or where its name leads nowhere', () => {
  const folder = temporaryFolder();
  expect(findOutside(folder)).toBe(null);
  writeFileSync(join(folder, '.git'), 'gitdir: store\n');
  expect(findOutside(folder)).toBe(null);
  mkdirSync(join(folder, 'store'));
  expect(findOutside(folder)).toBe(null);
});
