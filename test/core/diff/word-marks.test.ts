import { describe, expect, it } from 'vitest';
import { bagOf, likeness, markWords } from '../../../src/core/diff/word-marks.ts';
import { cpuMsOf } from '../../support/cpu-time.ts';

const marked = (before: string, after: string) => {
  const marks = markWords(before, after);
  return [
    marks.before.map(({ from, to }) => before.slice(from, to)),
    marks.after.map(({ from, to }) => after.slice(from, to)),
  ];
};

describe('the marks in a changed line', () => {
  it('are on the words that differ', () => {
    expect(marked('const total = round(sum);', 'const total = roundCents(sum, 2);')).toEqual([
      ['round'],
      ['roundCents', ', 2'],
    ]);
  });

  it('are on white space where that is all that differs', () => {
    expect(marked('  a = b', '\ta = b ')).toEqual([['  '], ['\t', ' ']]);
  });

  it('never part a character that takes two units', () => {
    expect(marked('say 😀 now', 'say 😁 now')).toEqual([['😀'], ['😁']]);
  });

  it('are left out where two lines hardly share a word', () => {
    expect(marked('return null;', 'for (const one of all) sum += one;')).toEqual([[], []]);
  });

  it('cover the middle of very long lines in a moment', () => {
    const same = 'same '.repeat(30_000);
    const tookMs = cpuMsOf(() => {
      expect(marked(`${same}😀 x${same}`, `${same}😁 yy${same}`)).toEqual([['😀 x'], ['😁 yy']]);
      expect(marked(same, same + same)[0]).toEqual([]);
    });
    expect(tookMs).toBeLessThan(1_000);
  });
});

describe('likeness', () => {
  it('is 1 for equal lines, 0 for strangers and in between for others', () => {
    expect(likeness(bagOf('a b c'), bagOf('a b c'))).toBe(1);
    expect(likeness(bagOf('a b c'), bagOf('x y z'))).toBe(0);
    expect(likeness(bagOf('a b c d'), bagOf('a b c x'))).toBe(0.75);
  });
});
