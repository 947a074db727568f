import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findPlaces } from '../../../src/adapters/system/places.ts';
import { temporaryFolder } from '../../support/files.ts';

const find = (cwd: string, env: Record<string, string> = {}) =>
  findPlaces({ cwd, env, home: '/home/ann', platform: 'linux' });

describe('findPlaces', () => {
  it('uses the usual folders below the home folder', () => {
    const places = find('/code/shop');
    expect(places).toMatchObject({
      workspace: '/code/shop',
      home: '/home/ann',
      config: '/home/ann/.config/tinycode',
      cache: '/home/ann/.cache/tinycode',
      warnings: [],
    });
    expect(places.state).toMatch(
      /^\/home\/ann\/\.local\/state\/tinycode\/workspaces\/shop-[0-9a-f]{12}$/,
    );
  });

  it('follows the XDG variables', () => {
    const env = { XDG_STATE_HOME: '/s', XDG_CONFIG_HOME: '/c', XDG_CACHE_HOME: '/x' };
    const places = find('/code/shop', env);
    expect(places).toMatchObject({ config: '/c/tinycode', cache: '/x/tinycode' });
    expect(places.state.startsWith('/s/tinycode/workspaces/')).toBe(true);
  });

  it('ignores an XDG variable that points into /proc, where no folder can be made', () => {
    for (const folder of ['/proc/nowhere', '//proc/1', '/proc']) {
      const places = find('/code/shop', { XDG_CONFIG_HOME: folder, XDG_STATE_HOME: folder });
      expect(places).toMatchObject(find('/code/shop', {}));
    }
  });

  it('ignores relative and empty XDG variables', () => {
    const places = find('/code/shop', { XDG_CONFIG_HOME: 'here', XDG_CACHE_HOME: '' });
    expect(places).toMatchObject({
      config: '/home/ann/.config/tinycode',
      cache: '/home/ann/.cache/tinycode',
    });
  });

  it('takes the real folder behind a link, and does not look further up', () => {
    const folder = temporaryFolder();
    const inner = join(folder, 'repo', 'inner');
    mkdirSync(inner, { recursive: true });
    mkdirSync(join(folder, 'repo', '.git'));
    symlinkSync(inner, join(folder, 'link'));
    expect(find(join(folder, 'link')).workspace).toBe(inner);
  });

  it('gives two folders of one name two states, and one folder always the same', () => {
    expect(find('/a/shop').state).not.toBe(find('/b/shop').state);
    expect(find('/a/shop').state).toBe(find('/a/./shop/').state);
  });

  it('makes a plain folder name of any path', () => {
    for (const path of ['/', '/a/..b c/ö$(x)', '/a/-rf', `/${'x'.repeat(200)}`]) {
      expect(find(path).state).toMatch(/\/workspaces\/[A-Za-z0-9_][\w.-]{0,40}-[0-9a-f]{12}$/);
    }
  });

  it('warns of a workspace that is the home folder or the whole disk', () => {
    expect(find('/home/ann').warnings).toHaveLength(1);
    expect(find('/').warnings).toHaveLength(1);
  });
});
