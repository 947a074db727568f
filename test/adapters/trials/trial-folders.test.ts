import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { copySmall, liftSmall, writeSmall } from '../../../src/adapters/trials/small-copy.ts';
import { createTrialFolders } from '../../../src/adapters/trials/trial-folders.ts';
import { temporaryFolder } from '../../support/files.ts';

function newFolders(folder: string, own: { pid: number; born: string }, alive: readonly number[]) {
  return createTrialFolders({
    folder,
    own,
    isAlive: ({ pid, born }) => alive.includes(pid) && born === 'a:1',
    newId: () => 'x',
  });
}

it('knows the rooms of those that died, and no others', async () => {
  const folder = temporaryFolder();
  for (const pid of [1, 2]) newFolders(folder, { pid, born: 'a:1' }, []).make();
  newFolders(folder, { pid: 1, born: 'b:7' }, []).make();
  mkdirSync(join(folder, 'something-else.9.a_1.x'));
  symlinkSync('/', join(folder, 'tinycode-trials.9.a_1.x'));
  const folders = newFolders(folder, { pid: 1, born: 'a:1' }, [1]);
  const left = folders.left().map((path) => path.slice(folder.length + 1));
  expect(left.sort()).toEqual(['tinycode-trials.1.b_7.x', 'tinycode-trials.2.a_1.x']);
  for (const path of folders.left()) await folders.remove(path);
  expect(folders.left()).toEqual([]);
  expect(existsSync(join(folder, 'tinycode-trials.1.a_1.x'))).toBe(true);
});

it('copies regular files alone, and takes out again what was put over them', () => {
  const folder = temporaryFolder();
  const [from, check, to] = ['from', 'check', 'to'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  writeSmall(from, { 'a.txt': 'a', 'b/c.txt': 'c' });
  symlinkSync('/etc', join(from, 'etc'));
  symlinkSync('/etc/passwd', join(from, 'b', 'link'));
  writeSmall(check, { 'b/hidden.txt': 'h' });
  const names = () => readdirSync(to, { recursive: true, encoding: 'utf8' }).sort();
  expect(copySmall(from, to).ok).toBe(true);
  expect(names()).toEqual(['a.txt', 'b', 'b/c.txt']);
  expect(copySmall(check, to).ok).toBe(true);
  expect(names()).toContain('b/hidden.txt');
  expect(liftSmall(check, to).ok).toBe(true);
  expect(names()).toEqual(['a.txt', 'b', 'b/c.txt']);
  expect(copySmall(join(folder, 'nothing'), to).ok).toBe(true);
});

it('refuses what is no small folder', () => {
  const folder = temporaryFolder();
  for (let at = 0; at < 2001; at += 1) writeFileSync(join(folder, `${at}`), '');
  const copied = copySmall(folder, join(folder, 'to'));
  expect(copied).toMatchObject({ ok: false, error: { code: 'limit' } });
});
