import { describe, expect, it } from 'vitest';
import { placeInWorkspace } from '../../../src/core/files/place-in-workspace.ts';

describe('a path that somebody names', () => {
  it.each([
    ['src/a.ts', 'src/a.ts'],
    ['./src//a.ts', 'src/a.ts'],
    ['src/', 'src'],
    ['src/../lib/a.ts', 'lib/a.ts'],
    ['/home/dev/shop/src/a.ts', 'src/a.ts'],
    ['/home/dev/shop', ''],
    ['.', ''],
    ['', ''],
    ['a b/ä.ts', 'a b/ä.ts'],
    ['.gitignore', '.gitignore'],
  ])('%j is %j in the workspace', (named, path) => {
    expect(placeInWorkspace(named, '/home/dev/shop')).toEqual({ ok: true, value: path });
  });

  it.each([
    '..',
    '../x',
    'src/../../x',
    '/etc/passwd',
    '/home/dev/shopping/x',
    '/home/dev/shop/../x',
    '~/x',
    'C:\\x',
    'a\0b',
    '.git/config',
    'sub/.GIT/config',
  ])('%j is refused', (named) => {
    expect(placeInWorkspace(named, '/home/dev/shop')).toMatchObject({
      ok: false,
      error: { code: 'denied' },
    });
  });
});
