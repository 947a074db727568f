import { describe, expect, it } from 'vitest';
import { matchPlainly } from '../../../src/core/files/match-plainly.ts';

const LINES = ['const Round = 1;', 'round(x)', 'a.*b', 'nothing'];

describe('a search for a text', () => {
  it('heeds letter case only where the text has capitals', () => {
    expect(matchPlainly(LINES, 'round', 10)).toEqual([1, 2]);
    expect(matchPlainly(LINES, 'Round', 10)).toEqual([1]);
  });

  it('takes the text to the letter, and ends after so many lines', () => {
    expect(matchPlainly(LINES, '.*', 10)).toEqual([3]);
    expect(matchPlainly(LINES, 'n', 2)).toEqual([1, 2]);
  });
});
