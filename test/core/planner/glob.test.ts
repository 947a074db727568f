import { describe, expect, it } from 'vitest';
import { baseOfGlob, compileGlob } from '../../../src/core/planner/glob.ts';
import { cpuMsOf } from '../../support/cpu-time.ts';

describe('compileGlob', () => {
  it.each([
    ['*.ts', ['a.ts', '.ts'], ['src/a.ts', 'a.tsx']],
    ['src/*.ts', ['src/a.ts'], ['src/b/a.ts', 'a.ts']],
    ['src/**/*.ts', ['src/a.ts', 'src/b/c/a.ts'], ['a.ts', 'test/a.ts']],
    ['**/*.md', ['a.md', 'x/y/a.md'], ['a.md/b']],
    ['docs/**', ['docs/a', 'docs/a/b'], ['docs', 'docsx/a']],
    ['**/test/**/*.ts', ['test/a.ts', 'a/test/b/c.ts'], ['a/b.ts']],
    ['a?c', ['abc'], ['ac', 'a/c']],
    ['[a-c]?.txt', ['b1.txt'], ['d1.txt']],
    ['[!a]b', ['bb'], ['ab']],
    ['{a,b/c}.ts', ['a.ts', 'b/c.ts'], ['c.ts']],
    ['{a,b}{1,2}', ['a1', 'b2'], ['a', 'ab']],
    ['**/*.{ts,tsx}', ['x/a.tsx'], ['a.js']],
    ['a*b*c', ['abc', 'aXbYc'], ['acb']],
  ])('%s', (glob, inside, outside) => {
    const matches = compileGlob(glob);
    expect(inside.filter((path) => !matches?.(path))).toEqual([]);
    expect(outside.filter((path) => matches?.(path))).toEqual([]);
  });

  it.each(['src/[a', '{a,b}'.repeat(9)])('cannot read %s', (glob) => {
    expect(compileGlob(glob)).toBeNull();
  });

  it('takes no longer for a glob that is made to be slow', () => {
    const tookMs = cpuMsOf(() => {
      compileGlob(`${'*a'.repeat(200)}b`)?.('a'.repeat(5_000));
      compileGlob(`${'**/a/'.repeat(200)}b`)?.('a/'.repeat(5_000));
    });
    expect(tookMs).toBeLessThan(2_000);
  });
});

describe('baseOfGlob', () => {
  it.each([
    ['src/**/*.ts', 'src'],
    ['*.ts', ''],
    ['a/b/c', 'a/b'],
    ['a/{b,c}/d', 'a'],
  ])('of %s is %j', (glob, base) => {
    expect(baseOfGlob(glob)).toBe(base);
  });
});
