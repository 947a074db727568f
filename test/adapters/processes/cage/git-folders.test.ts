import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findGitFolders } from '../../../../src/adapters/processes/cage/git-folders.ts';
import { missingRungs, newCageLab } from '../../../support/cage-lab.ts';
import { temporaryFolder } from '../../../support/files.ts';
import { put, temporaryPlaces } from '../../../support/temporary-places.ts';

const missing = await missingRungs();

describe('where git keeps a workspace', () => {
  it('is shown of a worktree: the repository that it belongs to', () => {
    const { main, tree } = newWorktree(temporaryFolder());
    expect(findGitFolders(tree)).toEqual([join(main, '.git')]);
    expect(findGitFolders(main)).toEqual([]);
  });

  it('is shown of a submodule: its own part of the repository around it', () => {
    const { main, inner } = newSubmodule(temporaryFolder());
    expect(findGitFolders(inner)).toEqual([join(main, '.git/modules/inner')]);
  });

  it('is shown to nobody whom it does not know', () => {
    const root = temporaryFolder();
    const { main, tree } = newWorktree(join(root, 'a'));
    const home = join(root, 'home');
    put(join(home, '.ssh/id'), 'secret');
    const liar = join(root, 'liar');
    mkdirSync(liar);
    const names = [join(main, '.git'), join(main, '.git/worktrees/tree'), join(home, '.ssh'), home];
    for (const named of [...names, '/', '..', '/proc/self', 'none']) {
      writeFileSync(join(liar, '.git'), `gitdir: ${named}\n`);
      expect([named, findGitFolders(liar)]).toEqual([named, []]);
    }
    rmSync(join(main, '.git/worktrees/tree/gitdir'));
    expect(findGitFolders(tree)).toEqual([]);
  });

  it('is not asked for where .git is no file, or one that says something else', () => {
    const { workspace } = temporaryPlaces();
    expect(findGitFolders(workspace)).toEqual([]);
    execFileSync('mkfifo', [join(workspace, '.git')]);
    expect(findGitFolders(workspace)).toEqual([]);
    rmSync(join(workspace, '.git'));
    put(join(workspace, '.git'), `${'x'.repeat(100_000)}\ngitdir: /\n`);
    expect(findGitFolders(workspace)).toEqual([]);
  });

  it.skipIf(missing.has('L3'))('lets git work in a worktree, and cannot be changed', async () => {
    const places = temporaryPlaces();
    const { main, tree } = newWorktree(places.workspace);
    const lab = newCageLab({ places: { ...places, workspace: tree } });
    const script = `git log --format=%s; git status --short; echo x > ${main}/.git/config; echo $?`;
    expect((await lab.sh(script, { rung: 'L3' })).out).toMatch(/^first\n[12]\n$/);
  });
});

const git = (cwd: string, ...words: readonly string[]) =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=b', ...words], {
    ...{ cwd, stdio: 'pipe', env: { PATH: process.env.PATH, HOME: cwd } },
  });

function newWorktree(root: string) {
  const [main, tree] = [join(root, 'main'), join(root, 'tree')];
  mkdirSync(main, { recursive: true });
  git(main, 'init', '-q');
  git(main, 'commit', '-q', '--allow-empty', '-m', 'first');
  git(main, 'worktree', 'add', '-q', tree);
  return { main, tree };
}

function newSubmodule(root: string) {
  const [main, other] = [join(root, 'main'), join(root, 'other')];
  for (const folder of [main, other]) {
    mkdirSync(folder);
    git(folder, 'init', '-q');
    git(folder, 'commit', '-q', '--allow-empty', '-m', 'first');
  }
  git(main, '-c', 'protocol.file.allow=always', 'submodule', 'add', '-q', other, 'inner');
  return { main, inner: join(main, 'inner') };
}
