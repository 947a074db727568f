import { describe, expect, it } from 'vitest';
import { imagineTexts } from '../../../src/core/author/imagine-texts.ts';
import { ok } from '../../../src/core/result.ts';

const real: Readonly<Record<string, string>> = { 'a.txt': 'a', 'old/b.txt': 'b' };
const open = () => imagineTexts((path) => ok(real[path] ?? null));

describe('the texts of a workspace in thought', () => {
  it('are those that lie there, until something is changed', () => {
    const texts = open();
    expect(texts.read('a.txt')).toEqual(ok('a'));
    expect(texts.read('none.txt')).toEqual(ok(null));
    expect(texts.isChanged('a.txt')).toBe(false);
    texts.write('a.txt', 'A');
    expect(texts.read('a.txt')).toEqual(ok('A'));
    expect(texts.isChanged('a.txt')).toBe(true);
  });

  it('move along with their folder, changed or not', () => {
    const texts = open();
    texts.write('old/c.txt', 'c');
    texts.move('old', 'new');
    expect(texts.read('new/b.txt')).toEqual(ok('b'));
    expect(texts.read('new/c.txt')).toEqual(ok('c'));
    expect(texts.read('old/b.txt')).toEqual(ok(null));
    expect(texts.isChanged('new/b.txt')).toBe(true);
  });

  it('go with what is removed, and come back with what is written there', () => {
    const texts = open();
    texts.remove('old');
    expect(texts.read('old/b.txt')).toEqual(ok(null));
    texts.write('old/b.txt', 'again');
    expect(texts.read('old/b.txt')).toEqual(ok('again'));
  });
});
