import { describe, expect, it } from 'vitest';
import { fitLines } from '../../../src/core/files/fit-lines.ts';

describe('lines in so many bytes', () => {
  it('are all there where they fit, and counted where they do not', () => {
    expect(fitLines(['one', 'two'], 100)).toEqual({ lines: ['one', 'two'], more: 0 });
    expect(fitLines(['one', 'two', 'three'], 8)).toEqual({ lines: ['one', 'two'], more: 1 });
    expect(fitLines([], 8)).toEqual({ lines: [], more: 0 });
  });

  it('count as UTF-8', () => {
    expect(fitLines(['ää', 'x'], 5)).toEqual({ lines: ['ää'], more: 1 });
    expect(fitLines(['😀', '漢'], 8).more).toBe(1);
  });

  it('are at least one, and none of them is endless', () => {
    const { lines, more } = fitLines(['x'.repeat(100_000), 'y'], 10);
    expect(lines[0]).toHaveLength(401);
    expect(more).toBe(1);
  });
});
