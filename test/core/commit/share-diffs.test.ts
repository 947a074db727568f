import { describe, expect, it } from 'vitest';
import { shareDiffs } from '../../../src/core/commit/share-diffs.ts';
import { fc } from '../../support/fc.ts';

const estimate = (text: string): number => Math.ceil(text.length / 4);
const diffOf = (lines: number): string =>
  ['@@ -1 +1 @@', ...Array.from({ length: lines }, (_, at) => `+line number ${at}`)].join('\n');
const share = (sizes: readonly number[], budget: number) =>
  shareDiffs(
    sizes.map((lines, at) => ({ path: `f${at}`, diff: diffOf(lines) })),
    budget,
    estimate,
  ).map(({ path, isWhole }) => `${path} ${isWhole ? 'whole' : 'cut'}`);

describe('patches that share a window', () => {
  it('all go in whole where there is room, in the order in which they came', () => {
    expect(share([5, 50, 1], 5000)).toEqual(['f0 whole', 'f1 whole', 'f2 whole']);
  });

  it('are shortened, the largest first', () => {
    expect(share([500, 5, 20], 600)).toEqual(['f0 cut', 'f1 whole', 'f2 whole']);
    expect(share([500, 400, 5], 600)).toEqual(['f0 cut', 'f1 cut', 'f2 whole']);
  });

  it('are left out where a few lines of them have no room', () => {
    expect(share([500, 500, 500], 20)).toEqual([]);
    expect(share([], 1000)).toEqual([]);
  });

  it('are not pushed out by one line that nobody wrote', () => {
    const [one] = shareDiffs(
      [{ path: 'a.min.js', diff: `@@\n+${'x'.repeat(1e6)}` }],
      1000,
      estimate,
    );
    expect(one?.isWhole).toBe(false);
    expect(one?.diff.length).toBeLessThan(400);
  });

  it('never take more than there is', () => {
    const sizes = fc.array(fc.nat(300), { maxLength: 20 });
    fc.assert(
      fc.property(sizes, fc.nat(3000), (all, budget) => {
        const diffs = all.map((lines, at) => ({ path: `f${at}`, diff: diffOf(lines) }));
        const taken = shareDiffs(diffs, budget, estimate);
        const cost = taken.reduce((sum, { diff }) => sum + estimate(diff), 0);
        expect(cost).toBeLessThanOrEqual(budget);
      }),
    );
  });
});
