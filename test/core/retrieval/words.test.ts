import { describe, expect, it } from 'vitest';
import { stem, termsOf, wordsOf } from '../../../src/core/retrieval/words.ts';

describe('words', () => {
  it.each([
    ['parseHTTPHeader', ['parsehttpheader', 'pars', 'http', 'head']],
    ['round_price', ['roundprice', 'round', 'pric']],
    ['the cart', ['the', 'cart']],
    ['x = 1', []],
  ])('of “%s” are its identifiers and their parts', (text, expected) => {
    expect(wordsOf(text)).toEqual(expected);
  });

  it.each([
    ['rounding', 'rounds'],
    ['rounded', 'rounding'],
    ['prices', 'price'],
    ['carts', 'cart'],
    ['running', 'runs'],
    ['policies', 'policy'],
    ['validation', 'validate'],
    ['files', 'file'],
  ])('%s and %s are the same', (one, two) => {
    expect(stem(one)).toBe(stem(two));
  });

  it.each([
    ['round', 'ground'],
    ['class', 'clas'],
    ['string', 'str'],
  ])('%s and %s are not', (one, two) => {
    expect(stem(one)).not.toBe(stem(two));
  });
});

describe('what a question looks for', () => {
  it('is without the words that every question has', () => {
    expect(termsOf('Where do we round the prices?')).toEqual(['round', 'pric']);
    expect(termsOf('Wo wird gerundet und warum?')).toContain('gerundet');
  });

  it('takes neighbours for the identifier that they may be', () => {
    expect(termsOf('the query builder')).toContain('querybuilder');
  });

  it.each(['hi', 'hello, thanks!', 'what is this?', ''])('is nothing in “%s”', (question) => {
    expect(termsOf(question)).toEqual([]);
  });
});
