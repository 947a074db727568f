import { describe, expect, it } from 'vitest';
import { clamp, lastTop, rowsInSight, scrollBy } from '../../../src/tui/review/scroll.ts';
import { fc } from '../../support/fc.ts';

const scrollOf = (heights: readonly number[], lines: number) => ({
  count: heights.length,
  height: (row: number) => heights[row] ?? 0,
  lines,
});
const TOP = { row: 0, sub: 0 };

describe('scrolling', () => {
  it('goes by lines, also within a row of many', () => {
    const scroll = scrollOf([1, 5, 1, 1, 1, 1, 1], 4);
    expect(scrollBy(TOP, 3, scroll)).toEqual({ row: 1, sub: 2 });
    expect(scrollBy({ row: 1, sub: 2 }, -3, scroll)).toEqual(TOP);
    expect(rowsInSight({ row: 1, sub: 2 }, scroll)).toEqual([1, 2]);
  });

  it('stops where the last line is the lowest', () => {
    const scroll = scrollOf([1, 5, 1], 4);
    expect(scrollBy(TOP, 100, scroll)).toEqual({ row: 1, sub: 2 });
    expect(clamp({ row: 99, sub: 7 }, scroll)).toEqual(lastTop(scroll));
    expect(lastTop(scrollOf([], 4))).toEqual(TOP);
  });

  it('comes back to where it was, wherever there is room', () => {
    const heights = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(heights, fc.nat(100), fc.nat(20), (all, down, lines) => {
        const scroll = scrollOf(all, lines + 1);
        const place = ({ row, sub }: typeof TOP) =>
          all.slice(0, row).reduce((sum, height) => sum + height, sub);
        const total = all.reduce((sum, height) => sum + height, 0);
        const top = scrollBy(TOP, down, scroll);
        expect(place(top)).toBe(Math.min(down, Math.max(0, total - lines - 1)));
        expect(scrollBy(top, -down, scroll)).toEqual(TOP);
      }),
    );
  });
});
