import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createHistoryReader } from '../../../src/adapters/git/history-reader.ts';
import { createGit } from '../../../src/adapters/git/run-git.ts';
import { temporaryFolder } from '../../support/files.ts';

const never = new AbortController().signal;

function repository() {
  const folder = temporaryFolder();
  const env = { PATH: process.env.PATH, HOME: folder };
  const git = (...words: readonly string[]) =>
    execFileSync(
      'git',
      ['-C', folder, '-c', 'user.name=Ann Lee', '-c', 'user.email=a@b.c', ...words],
      { env },
    );
  const write = (path: string, text: string) => {
    mkdirSync(join(folder, 'src'), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  git('init', '-q');
  const reader = (workspace = folder) => createHistoryReader(createGit({ workspace, env }).run);
  return { folder, git, write, reader };
}

describe('the history of a workspace', () => {
  it('is told newest first, of all or of one path, and no more than is asked for', async () => {
    const { git, write, reader } = repository();
    for (const [at, path] of ['src/a.ts', 'b.ts', 'src/a.ts'].entries()) {
      write(path, `${at}`);
      git('add', '-A');
      git('commit', '-qm', `Change ${at}: ${path}\n\nMore words.`);
    }
    const all = await reader().log('', 10, never);
    expect(all).toMatchObject({
      ok: true,
      value: [
        { subject: 'Change 2: src/a.ts', author: 'Ann Lee' },
        { subject: 'Change 1: b.ts' },
        { subject: 'Change 0: src/a.ts' },
      ],
    });
    const one = await reader().log('src', 1, never);
    expect(one.ok && one.value.map(({ subject }) => subject)).toEqual(['Change 2: src/a.ts']);
    expect(await reader().log('src/none.ts', 5, never)).toEqual({ ok: true, value: [] });
    expect(await reader().log('*.ts', 5, never)).toEqual({ ok: true, value: [] });
  });

  it('tells what differs, for chosen paths alone, also from a folder below', async () => {
    const { folder, git, write, reader } = repository();
    for (const path of ['src/a.ts', 'b.ts', 'c.ts']) write(path, 'old\n');
    git('add', '-A');
    git('commit', '-qm', 'All');
    for (const path of ['src/a.ts', 'b.ts']) write(path, 'new\n');
    rmSync(join(folder, 'c.ts'));
    write('untracked.ts', 'new\n');
    expect(await reader().changed('', never)).toEqual({
      ok: true,
      value: ['b.ts', 'c.ts', 'src/a.ts'],
    });
    const diff = await reader().diff(['b.ts', 'c.ts'], never);
    expect(diff.ok && diff.value).toMatch(/-old\n\+new\n[\s\S]*deleted file/);
    expect(diff.ok && diff.value).not.toContain('src/a.ts');
    expect(await reader().diff([], never)).toEqual({ ok: true, value: '' });
    expect(await reader(join(folder, 'src')).changed('', never)).toEqual({
      ok: true,
      value: ['a.ts'],
    });
  });

  it('runs nothing that the repository names', async () => {
    const { folder, git, write, reader } = repository();
    const trace = join(folder, 'ran');
    write('a.ts', 'old\n');
    write('.gitattributes', '*.ts diff=evil filter=evil\n');
    git('add', '-A');
    git('commit', '-qm', 'All');
    for (const [key, value] of [
      ['diff.evil.textconv', `touch ${trace}; cat`],
      ['diff.external', `touch ${trace}`],
      ['core.fsmonitor', `touch ${trace}`],
      ['filter.evil.clean', `touch ${trace}; cat`],
      ['core.pager', `touch ${trace}`],
    ] as const) {
      git('config', key, value);
    }
    write('a.ts', 'new\n');
    rmSync(trace, { force: true });
    expect(await reader().log('', 3, never)).toMatchObject({ ok: true, value: [{}] });
    expect(await reader().changed('', never)).toEqual({ ok: true, value: ['a.ts'] });
    const diff = await reader().diff(['a.ts'], never);
    expect(diff.ok && diff.value).toContain('+new');
    expect(existsSync(trace)).toBe(false);
  });

  it('says so where there are no commits, or no repository', async () => {
    const { reader } = repository();
    expect(await reader().changed('', never)).toMatchObject({
      ok: false,
      error: { code: 'not-found', message: 'The repository has no commits yet.' },
    });
    expect(await reader().log('', 3, never)).toMatchObject({
      ok: false,
      error: { code: 'not-found' },
    });
    expect(await reader(temporaryFolder()).log('', 3, never)).toMatchObject({
      ok: false,
      error: { code: 'failed', message: expect.stringContaining('not a git repository') },
    });
  });
});
