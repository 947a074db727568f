import { describe, expect, it } from 'vitest';
import { cleanPath, findObstacle, isGitFolder, repairPath } from '../../../src/core/edit/paths.ts';

describe('a path of a reply', () => {
  it.each([
    '.git',
    '.GIT',
    '.Git ',
    '.git.',
    '.g\u200Cit',
    '.git::$INDEX_ALLOCATION',
    'git~1',
    '.ｇｉｔ',
  ])('takes %j for git’s folder', (name) => expect(isGitFolder(name)).toBe(true));
  it.each(['.gitignore', '.github', 'git', '.gitmodules', 'x.git'])('leaves %j alone', (name) =>
    expect(isGitFolder(name)).toBe(false),
  );

  it.each([
    '/a',
    '../a',
    'a/../../b',
    '~/a',
    'C:\\a',
    '\\\\host\\a',
    'file:///a',
    '$HOME/a',
    '%TEMP%/a',
  ])('refuses %j as outside', (path) =>
    expect(cleanPath(path)).toMatchObject({ ok: false, error: { code: 'outside-workspace' } }),
  );
  it.each(['', 'a/', 'a\0b', 'a\nb'])('refuses %j as no path', (path) =>
    expect(cleanPath(path)).toMatchObject({ ok: false, error: { code: 'malformed' } }),
  );
  it.each([
    ['./a/b.ts', 'a/b.ts'],
    ['a//b.ts', 'a/b.ts'],
    ['a\\b.ts', 'a/b.ts'],
    ['a/x/../b.ts', 'a/b.ts'],
  ])('reads %j as %s', (raw, path) => expect(cleanPath(raw)).toEqual({ ok: true, value: path }));

  const known = {
    paths: ['src/a.ts', 'src/b.ts', 'lib/b.ts'],
    exists: (path: string) => path === 'src/a.ts',
  };
  it('is repaired by its base name, where only one file has it', () => {
    expect(repairPath('a.ts', known)).toEqual({ ok: true, value: 'src/a.ts' });
    expect(repairPath('b.ts', known)).toMatchObject({ ok: false, error: { code: 'ambiguous' } });
    expect(repairPath('c.ts', known)).toMatchObject({ ok: false, error: { code: 'no-match' } });
  });

  it('cannot lie inside of a file, nor be a folder', () => {
    expect(findObstacle('src/a.ts/x', known)).toBe('src/a.ts is a file');
    expect(findObstacle('src', known)).toBe('src is a folder');
    expect(findObstacle('src/new.ts', known)).toBeNull();
  });
});
