import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { findServerProgram } from '../../../src/adapters/ollama/find-server-program.ts';

function folders(): { readonly home: string; readonly first: string; readonly second: string } {
  const home = mkdtempSync(join(tmpdir(), 'tinycode-test-'));
  onTestFinished(() => rmSync(home, { recursive: true }));
  const [first, second] = ['a', 'b'].map((name) => join(home, name)) as [string, string];
  for (const folder of [first, second, join(home, '.local', 'bin')]) {
    mkdirSync(folder, { recursive: true });
  }
  return { home, first, second };
}

const install = (folder: string, mode = 0o755): string => {
  const path = join(folder, 'ollama');
  writeFileSync(path, '');
  chmodSync(path, mode);
  return path;
};

describe('the program of the server', () => {
  it('is the first one on the search path that can be run', async () => {
    const { home, first, second } = folders();
    install(first, 0o644);
    const there = install(second);
    // The relative folder would be the workspace's own: what lies there is not started.
    const searchPath = ['.', 'bin', first, second].join(delimiter);
    expect(await findServerProgram({ searchPath, home, workspace: '/shop' })).toBe(there);
  });

  it('is never one that lies in the workspace, also not through a link, nor a folder', async () => {
    const { home, first, second } = folders();
    const workspace = join(home, 'shop');
    mkdirSync(join(workspace, 'bin'), { recursive: true });
    const planted = install(join(workspace, 'bin'));
    symlinkSync(planted, join(first, 'ollama'));
    mkdirSync(join(second, 'ollama'));
    const there = install(join(home, '.local', 'bin'));
    const searchPath = [
      join(workspace, 'bin'),
      join(first, '..', 'shop', 'bin'),
      `${first}/../shop/bin`,
      first,
      second,
    ].join(delimiter);
    const found = await findServerProgram({ searchPath, home, workspace });
    expect([there, '/usr/local/bin/ollama', '/usr/bin/ollama']).toContain(found);
  });

  it('is found where a person puts programs of their own', async () => {
    const { home } = folders();
    const there = install(join(home, '.local', 'bin'));
    const found = await findServerProgram({ searchPath: '', home, workspace: '/shop' });
    expect([there, '/usr/local/bin/ollama', '/usr/bin/ollama']).toContain(found);
  });
});
