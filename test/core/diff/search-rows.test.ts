import { describe, expect, it } from 'vitest';
import { searchRows } from '../../../src/core/diff/search-rows.ts';

describe('searching in rows', () => {
  it('finds every place, in order', () => {
    expect(searchRows(['aba', '', 'xab'], 'ab')).toEqual([
      { row: 0, from: 0, to: 2 },
      { row: 2, from: 1, to: 3 },
    ]);
  });

  it('heeds letter case only where a capital is searched for', () => {
    expect(searchRows(['Price price'], 'price')).toHaveLength(2);
    expect(searchRows(['Price price'], 'Price')).toHaveLength(1);
  });

  it('finds nothing for nothing, and no more than it can hold', () => {
    expect(searchRows(['a'], '')).toEqual([]);
    expect(searchRows(['a'.repeat(100_000)], 'a')).toHaveLength(10_000);
  });
});
