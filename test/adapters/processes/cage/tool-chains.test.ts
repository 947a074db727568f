import { mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findToolChains } from '../../../../src/adapters/processes/cage/tool-chains.ts';
import { put, temporaryPlaces } from '../../../support/temporary-places.ts';

const newHome = (...paths: readonly string[]) => {
  const { home } = temporaryPlaces();
  for (const path of paths) put(join(home, path), '');
  return home;
};
const found = (home: string, path: readonly string[] = [], env = {}) =>
  findToolChains({ home, env: { PATH: path.join(':'), ...env } })
    .map((each) => each.replace(`${home}/`, '~/'))
    .sort();

describe('tool chains below home', () => {
  it('are found where they are known to be', () => {
    const home = newHome(
      ...['.nvm/nvm.sh', '.pyenv/bin/pyenv', '.rustup/settings.toml', '.sdkman/candidates/java/x'],
      ...['.local/lib/python3.11/site-packages/a.py', '.m2/repository/a.jar', 'go/pkg/mod/a'],
    );
    expect(found(home)).toEqual([
      ...['~/.local/lib/python3.11', '~/.m2/repository', '~/.nvm', '~/.pyenv', '~/.rustup'],
      ...['~/.sdkman/candidates', '~/go/pkg'],
    ]);
  });

  it('are shown without what they know of accounts', () => {
    const home = newHome(
      ...['.cargo/credentials.toml', '.cargo/config.toml', '.cargo/bin/cargo', '.cargo/registry/a'],
      ...['.m2/settings.xml', '.m2/repository/a', '.gem/credentials', '.npmrc', '.npm/_logs/a'],
      ...['go/src/private/a.go', 'go/bin/tool', '.local/share/keyrings/a', '.local/bin/tool'],
    );
    expect(found(home)).toEqual([
      ...['~/.cargo/bin', '~/.cargo/registry', '~/.local/bin', '~/.m2/repository', '~/go/bin'],
    ]);
  });

  it('are found where a variable says that they are', () => {
    const home = newHome('tools/rust/toolchains/a', 'tools/cargo/bin/cargo', 'tools/cargo/token');
    const env = { RUSTUP_HOME: join(home, 'tools/rust'), CARGO_HOME: join(home, 'tools/cargo/') };
    expect(found(home, [], env)).toEqual(['~/tools/cargo/bin', '~/tools/rust']);
    expect(found(home, [], { RUSTUP_HOME: 'tools/rust', JAVA_HOME: join(home, 'none') })).toEqual(
      [],
    );
  });

  it('are found through PATH, with their libraries where they have some beside them', () => {
    const home = newHome('opt/tool/bin/a', 'opt/tool/lib/b', 'work/bin/c', 'work/private', 'bin/d');
    const path = ['opt/tool/bin', 'work/bin', 'bin/', 'none'].map((each) => join(home, each));
    expect(found(home, [...path, 'relative/bin', '']).map((each) => each)).toEqual([
      ...['~/bin', '~/opt/tool', '~/work/bin'],
    ]);
  });
});

describe('what PATH and variables name', () => {
  it('is never a home, or what holds one', () => {
    const home = newHome('.profile');
    const path = [home, dirname(home), '/', `${home}/`, `${home}/.`];
    expect(found(home, path, { JAVA_HOME: home, GOROOT: '/', NVM_DIR: dirname(home) })).toEqual([]);
  });

  it('is never a home through a link', () => {
    const home = newHome('.profile');
    const link = join(dirname(home), 'link');
    symlinkSync(home, link);
    expect(found(home, [link], { PYENV_ROOT: link })).toEqual([]);
  });

  it('is no place of secrets, also not through a link', () => {
    const home = newHome('.ssh/bin/tool', '.ssh/lib/a', '.config/gh/bin/tool');
    mkdirSync(join(home, 'bin'));
    symlinkSync(join(home, '.ssh'), join(home, 'keys'));
    const path = ['.ssh/bin', '.config/gh/bin', 'keys/bin', 'keys'].map((each) => join(home, each));
    expect(found(home, path, { NVM_DIR: join(home, '.ssh') })).toEqual([]);
  });

  it('is never all of .local, .config or .cargo', () => {
    const home = newHome('.local/bin/a', '.local/lib/b', '.config/bin/a', '.config/lib/b');
    put(join(home, '.cargo/bin/a'), '');
    put(join(home, '.cargo/lib/b'), '');
    const path = ['.local/bin', '.config/bin', '.cargo/bin'].map((each) => join(home, each));
    expect(found(home, path)).toEqual(['~/.cargo/bin', '~/.config/bin', '~/.local/bin']);
  });
});
