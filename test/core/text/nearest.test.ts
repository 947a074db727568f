import { describe, expect, it } from 'vitest';
import { distanceBetween, nearest } from '../../../src/core/text/nearest.ts';
import { fc } from '../../support/fc.ts';

const WORDS = ['doctor', 'config show', 'config set', 'ollama.host', 'ui.ascii', 'mode', 'model'];

describe('nearest', () => {
  it.each([
    ['docter', 'doctor'],
    ['dcotor', 'doctor'],
    ['confg set', 'config set'],
    ['olama.host', 'ollama.host'],
    ['UI.ASCII', 'ui.ascii'],
    ['modle', 'model'],
    ['mode', 'mode'],
  ])('takes %s for %s', (word, meant) => {
    expect(nearest(word, WORDS)).toBe(meant);
  });

  it.each(['', 'zebra', 'x', 'qqqqqqqqqqqq'])('leaves the nonsense %j alone', (word) => {
    expect(nearest(word, WORDS)).toBeUndefined();
  });

  it('gives up on words that nobody mistypes', () => {
    expect(nearest('a'.repeat(10_000), ['a'.repeat(9_999)])).toBeUndefined();
  });

  it('prefers the first of equally near candidates', () => {
    expect(nearest('bat', ['cat', 'rat'])).toBe('cat');
  });
});

describe('distanceBetween', () => {
  it('counts swapped neighbours as one mistake', () => {
    expect(distanceBetween('ab', 'ba')).toBe(1);
  });

  it('is zero only between equal words, and the same both ways', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (a, b) => {
        const distance = distanceBetween(a, b);
        expect(distance === 0).toBe(a === b);
        expect(distanceBetween(b, a)).toBe(distance);
        expect(distance).toBeGreaterThanOrEqual(Math.abs(a.length - b.length));
        expect(distance).toBeLessThanOrEqual(Math.max(a.length, b.length));
      }),
    );
  });
});
