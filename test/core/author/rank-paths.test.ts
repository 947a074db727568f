import { describe, expect, it } from 'vitest';
import { namesIn, rankPaths } from '../../../src/core/author/rank-paths.ts';

const PATHS = ['src/cart.ts', 'src/invoice-lines.ts', 'src/user.ts', 'carts/x.ts', 'cart.lock'];

describe('files whose names have to do with a request', () => {
  it.each([
    ['make the cart round', ['src/cart.ts', 'carts/x.ts', 'cart.lock']],
    ['carts are wrong', ['src/cart.ts', 'carts/x.ts', 'cart.lock']],
    ['the InvoiceLine is too long', ['src/invoice-lines.ts']],
    ['change this file of the code', []],
  ])('%s', (request, paths) => {
    expect([...rankPaths(request, PATHS)].sort()).toEqual([...paths].sort());
    expect(rankPaths(request, PATHS)[0]).toBe(paths[0]);
  });

  it('may be many, of which the nearest are taken', () => {
    const many = Array.from({ length: 100 }, (_, at) => `src/cart-${at}.ts`);
    expect(rankPaths('cart', many).length).toBeLessThan(20);
  });
});

describe('names of code in a request', () => {
  it.each([
    ['use roundPrice() and MAX_SUM in PriceList', ['roundPrice', 'MAX_SUM', 'PriceList']],
    ['the function `total` of `cart.lines`', ['total', 'lines']],
    ['call total() twice', ['total']],
    ['A sentence without any, in src/some-file.ts', []],
  ])('%s', (request, names) => {
    expect([...namesIn(request)].sort()).toEqual([...names].sort());
  });
});
