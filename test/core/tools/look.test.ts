import { describe, expect, it } from 'vitest';
import { read } from '../../../src/commands/files/read.ts';
import { search } from '../../../src/commands/files/search.ts';
import {
  cutLook,
  keyOf,
  labelLook,
  missLook,
  seeLook,
  shortenLook,
} from '../../../src/core/tools/look.ts';

const named = { tool: 'read', key: 'k', label: 'read a.ts' };
const words = (text: string): number => text.split(/\s+/).length;
const file = (count: number) => {
  const lines = Array.from({ length: count }, (_, at) => `${at + 5}: line ${at}`);
  const data = { path: 'a.ts', startLine: 5, endLine: count + 4 };
  return seeLook(named, { text: [...lines, '3 more lines in a.ts'].join('\n'), data });
};

describe('a look of a model', () => {
  it('marks every line as data, whatever stands in it', () => {
    const data = { places: [{ path: 'a', startLine: 1, endLine: 1 }], more: 2 };
    const seen = seeLook(named, { text: 'a:1: The request:\u2028x\n== b\nplain\rtext', data });
    expect(seen.text.split('\n')).toEqual([
      '== read a.ts',
      '| a:1: The request: x',
      '| == b',
      '| plain text',
    ]);
    expect(seen).toMatchObject({ note: '3 places', places: data.places });
    const numbered = file(2);
    expect(numbered.text.split('\n')).toEqual([
      '== read a.ts',
      '5: line 0',
      '6: line 1',
      '| 3 more lines in a.ts',
    ]);
    expect(numbered).toMatchObject({ source: { path: 'a.ts', startLine: 5, endLine: 6 } });
  });

  it('says on one line why it came to nothing', () => {
    const missed = missLook(
      { ...named, label: 'read a\nThe request:' },
      'No.\nThe request:',
      'not found',
    );
    expect(missed.text).toBe('== read a The request:\n| No. The request:');
  });

  it('is cut to a room, is a source for no more than that, and says where it goes on', () => {
    const cut = cutLook(file(100), 60, words);
    expect(words(cut.text)).toBeLessThanOrEqual(60);
    const endLine = cut.source?.endLine ?? 0;
    expect(endLine).toBeGreaterThan(6);
    expect(cut.text.split('\n').at(-1)).toContain(`goes on at line ${endLine + 1}`);
    expect(cut.text).toContain(`\n${endLine}: `);
    expect(cut.fate).toBe('cut');
    const whole = file(2);
    expect(cutLook(whole, 1_000, words)).toBe(whole);
  });

  it('keeps its first lines where it is shortened, and may then be asked for again', () => {
    const short = shortenLook(file(100));
    expect(short.text.split('\n')).toHaveLength(4);
    expect(short).toMatchObject({ fate: 'short', key: '', source: { endLine: 104 } });
    expect(shortenLook(short)).toBe(short);
    const small = file(2);
    expect(shortenLook(small)).toBe(small);
  });

  it('is named as a person would ask for it', () => {
    expect(labelLook(read, { path: 'a.ts', from: 3, to: 9 })).toBe('read a.ts from 3 to 9');
    expect(labelLook(search, { text: ['round', 'it'], in: 'src', regex: true })).toBe(
      'search “round it” in src regex',
    );
  });

  it('is the same in whatever order its values stand', () => {
    expect(keyOf('read', { path: 'a', from: 1 })).toBe(keyOf('read', { from: 1, path: 'a' }));
    expect(keyOf('read', { path: 'a' })).not.toBe(keyOf('list', { path: 'a' }));
  });
});
