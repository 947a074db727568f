import { describe, expect, it } from 'vitest';
import { matchPath } from '../../../src/core/prompt/match-path.ts';

const PATHS = ['docs/a.md', 'src/cart.ts', 'src/shop/cart.ts', 'src/shop/price.ts'];

describe('a name among the paths', () => {
  it.each([
    ['src/cart.ts', { kind: 'file', path: 'src/cart.ts' }],
    ['price.ts', { kind: 'file', path: 'src/shop/price.ts' }],
    ['Price.ts', { kind: 'file', path: 'src/shop/price.ts' }],
    ['shop/cart.ts', { kind: 'file', path: 'src/shop/cart.ts' }],
    ['src/shop/', { kind: 'folder', path: 'src/shop', below: PATHS.slice(2) }],
    ['cart.ts', { kind: 'several', paths: ['src/cart.ts', 'src/shop/cart.ts'] }],
    ['art.ts', { kind: 'none' }],
    ['', { kind: 'none' }],
    ['/', { kind: 'none' }],
  ])('is found: “%s”', (name, expected) => {
    expect(matchPath(name, PATHS)).toEqual(expected);
  });
});
