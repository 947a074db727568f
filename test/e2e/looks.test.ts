import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SHOP, writeFiles } from '../support/shop.ts';
import { newPerson } from '../support/tinycode.ts';
import { treeHash } from '../support/tree-hash.ts';

function begin(files: Readonly<Record<string, string>> = SHOP) {
  const person = newPerson();
  writeFiles(person.project, files);
  const git = (...words: readonly string[]) =>
    execFileSync('git', [
      ...['-C', person.project, '-c', 'user.name=Ann', '-c', 'user.email=a@b.c'],
      ...words,
    ]);
  return { ...person, git };
}

const codesOf = async (
  { json }: ReturnType<typeof begin>,
  lines: readonly (readonly string[])[],
): Promise<readonly (readonly [number | null, string])[]> => {
  const codes: (readonly [number | null, string])[] = [];
  for (const line of lines) {
    const { code, data } = await json(line);
    codes.push([code, data.error?.code ?? 'done']);
  }
  return codes;
};

describe('read', () => {
  it('shows a file, or lines of it in either way, with their numbers', async () => {
    const { run, json } = begin();
    const { stdout } = await run(['read', 'src/cart.ts:2-3', '--plain']);
    expect(stdout).toBe(
      '2: export function roundPrice(price: number): number {\n3:   return Math.round(price * 100) / 100;\n1 more line in src/cart.ts\n',
    );
    const { code, data } = await json(['read', 'src/cart.ts', '--from', '4']);
    expect(code).toBe(0);
    expect(data).toEqual({
      path: 'src/cart.ts',
      startLine: 4,
      endLine: 4,
      totalLines: 4,
      text: '}',
    });
  });

  it('shows so many bytes, and says how much more there is', async () => {
    const big = Array.from({ length: 5_000 }, (_, at) => `line ${at}`).join('\n');
    const { run, json } = begin({ 'big.txt': big });
    const { data } = await json(['read', 'big.txt', '--bytes', '1000']);
    expect(data.text.length).toBeLessThan(1_000);
    expect(data.endLine).toBeGreaterThan(50);
    const { stdout } = await run(['read', 'big.txt', '--bytes', '1000']);
    expect(stdout).toContain(`${5_000 - data.endLine} more lines in big.txt`);
  });

  it('says what is there instead', async () => {
    const { json } = begin({ ...SHOP, 'dir/cart.ts': '', 'data.bin': '\0\x01' });
    expect((await json(['read', 'invoice.ts'])).data.error.hint).toBe(
      'Did you mean src/invoice.ts?',
    );
    expect((await json(['read', 'src/card.ts'])).data.error.hint).toContain('src/cart.ts');
    expect((await json(['read', 'src'])).data.error.message).toContain('list src');
    expect((await json(['read', 'src/cart.ts:99'])).data.error.message).toContain('only 4 lines');
  });
});

describe('list', () => {
  it('shows the files below a folder, and folders for what is too much', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 600 }, (_, at) => [`deep/d${at % 3}/f${at}.ts`, '']),
    );
    const { run, json } = begin({ ...SHOP, ...many });
    expect((await json(['list', 'src'])).data).toEqual({
      folder: 'src',
      files: 3,
      entries: [{ path: 'src/cart.ts' }, { path: 'src/invoice.ts' }, { path: 'src/login.ts' }],
      more: 0,
    });
    const { stdout } = await run(['list', '--plain']);
    expect(stdout).toContain('deep/d0/  200 files\n');
    expect(stdout).toContain('src/cart.ts\n');
    expect((await json(['list', 'nowhere'])).code).toBe(1);
  });
});

describe('search', () => {
  it('finds lines by a text or by an expression, in all or in a folder', async () => {
    const { run, json } = begin();
    const { data } = await json(['search', 'roundprice']);
    expect(
      data.places.map(({ path, startLine }: { path: string; startLine: number }) => [
        path,
        startLine,
      ]),
    ).toEqual([
      ['src/cart.ts', 2],
      ['src/invoice.ts', 1],
      ['src/invoice.ts', 4],
    ]);
    const { stdout } = await run([
      'search',
      '--regex',
      '^export const \\w+',
      '--in',
      'src',
      '--plain',
    ]);
    expect(stdout).toBe('src/login.ts:1: export const login = (user: string) => user.trim();\n');
    expect((await json(['search', 'round', '--in', 'README.md'])).data.places).toEqual([]);
  });

  it('tells nothing of files that may not be read, not even that they fit', async () => {
    const { run } = begin();
    const { code, stdout } = await run(['search', 'hunter2hunter2', '--plain']);
    expect(code).toBe(0);
    expect(stdout).toBe('Nothing found for “hunter2hunter2”.\n');
  });

  it('ends where an expression would take for ever', async () => {
    const { json } = begin({ 'a.txt': `${'a'.repeat(60)}b\n` });
    const { code, data } = await json(['search', '--regex', '(a+)+$']);
    expect(code).toBe(1);
    expect(data.error).toMatchObject({ code: 'limit' });
    expect((await json(['search', '--regex', '('])).code).toBe(2);
  });

  it('shows so many bytes, and counts the places that are more', async () => {
    const { run } = begin({ 'a.txt': 'a word\n'.repeat(500) });
    const { stdout } = await run(['search', 'word', '--bytes', '200', '--plain']);
    expect(stdout).toMatch(/\n48\d more places\n$/);
  });
});

describe('symbols', () => {
  it('shows what a file or a folder defines, and where a name is defined', async () => {
    const { run, json } = begin();
    expect((await run(['symbols', 'src', '--plain'])).stdout.split('\n').slice(0, 2)).toEqual([
      'src/cart.ts:2: export function roundPrice(price: number): number {',
      'src/invoice.ts:3: export function invoiceTotal(prices: number[]): number {',
    ]);
    const { data } = await json(['symbols', 'invoiceTotal']);
    expect(data.places).toMatchObject([
      { path: 'src/invoice.ts', startLine: 3, endLine: 5, name: 'invoiceTotal' },
    ]);
    expect((await json(['symbols', 'nothingOfTheKind'])).data.error.code).toBe('not-found');
  });
});

describe('log and diff', () => {
  it('show the last commits, and what differs, but for files that may not be read', async () => {
    const { project, git, run, json } = begin();
    git('init', '-q');
    git('add', '-A');
    git('commit', '-qm', 'Open the shop');
    writeFileSync(join(project, '.env'), 'ROUND_PRICE_SECRET=other-secret\n');
    writeFileSync(join(project, 'src/login.ts'), 'export const login = 1;\n');
    expect((await json(['log'])).data).toMatchObject({
      commits: [{ subject: 'Open the shop', author: 'Ann' }],
      more: 0,
    });
    const { stdout } = await run(['diff', '--plain']);
    expect(stdout).toContain('+export const login = 1;');
    expect(stdout).toContain('not shown, as the rules ask: .env');
    expect(stdout).not.toContain('secret');
    expect((await json(['diff', 'src/cart.ts'])).data.files).toEqual([]);
  });

  it('want a repository', async () => {
    const { json } = begin();
    expect(await codesOf(begin(), [['log'], ['diff']])).toEqual([
      [1, 'unavailable'],
      [1, 'unavailable'],
    ]);
    const { data } = await json(['commands']);
    const log = data.find(({ name }: { name: string }) => name === 'log');
    expect(log).toMatchObject({ family: 'files', kind: 'look', risk: 'none', available: false });
  });
});

describe('every look', () => {
  it('stays in the workspace, follows no link, and leaves secrets alone', async () => {
    const person = begin();
    writeFileSync(join(person.root, 'outside.txt'), 'kept out');
    mkdirSync(join(person.project, 'sub'));
    symlinkSync('../.env', join(person.project, 'sub', 'link'));
    symlinkSync('..', join(person.project, 'up'));
    const before = treeHash(person.project);
    const refused = await codesOf(person, [
      ['read', '../outside.txt'],
      ['read', join(person.root, 'outside.txt')],
      ['read', '.env'],
      ['read', 'sub/link'],
      ['read', 'up/outside.txt'],
      ['read', '.git/config'],
      ['list', '..'],
      ['search', 'kept', '--in', '..'],
      ['symbols', '../outside.txt'],
    ]);
    expect(refused).toEqual([
      [4, 'denied'],
      [4, 'denied'],
      [3, 'needs-approval'],
      ...Array.from({ length: 6 }, () => [4, 'denied']),
    ]);
    const linked = await person.json(['search', 'hunter2hunter2', '--in', 'sub']);
    expect(linked.data.error?.code).toBe('not-found');
    expect((await person.json(['search', 'kept out'])).data.places).toEqual([]);
    expect(treeHash(person.project)).toBe(before);
  });

  it('leaves no trace and runs in every mode', async () => {
    const person = begin();
    for (const mode of ['chat', 'propose', 'execute']) {
      expect((await person.run(['list', 'src', '--mode', mode])).code).toBe(0);
    }
    const { stdout } = await person.run(['sessions', '--json']);
    expect(JSON.parse(stdout)).toEqual([]);
  });
});
