import { describe, expect, it } from 'vitest';
import { findCitations } from '../../../src/core/prompt/find-citations.ts';

const CART = { path: 'src/cart.ts', startLine: 40, endLine: 60 };
const LATER = { path: 'src/cart.ts', startLine: 80, endLine: 90 };
const OTHER = { path: 'lib/src/cart.ts', startLine: 1, endLine: 9 };
const given = [CART, LATER, OTHER];

describe('citations', () => {
  it.each([
    ['see src/cart.ts:41', [CART]],
    ['see `src/cart.ts:41-47`.', [CART]],
    ['(src/cart.ts:85)', [LATER]],
    ['src/cart.ts:50-85', [CART, LATER]],
    ['`src/cart.ts`, lines 41-47', [CART]],
    ['src/cart.ts line 82', [LATER]],
    ['in src/cart.ts as a whole', [CART, LATER]],
    ['**src/cart.ts**:88', [LATER]],
    ['lib/src/cart.ts:3', [OTHER]],
    ['src/cart.ts#L41', [CART]],
  ])('are found in “%s”', (answer, expected) => {
    expect(findCitations(answer, given)).toEqual(expected);
  });

  it.each(['src/cart.ts:999', 'src/cart.tsx:41', 'mysrc/cart.ts:41', 'cart.ts:41', 'nothing'])(
    'of what was not given are none: “%s”',
    (answer) => {
      expect(findCitations(answer, given)).toEqual([]);
    },
  );
});
