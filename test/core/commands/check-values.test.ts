import { describe, expect, it } from 'vitest';
import { read } from '../../../src/commands/files/read.ts';
import { search } from '../../../src/commands/files/search.ts';
import { checkValues } from '../../../src/core/commands/check-values.ts';

describe('values that come as values', () => {
  it('pass as words would, with what is left out filled in', () => {
    expect(checkValues(search, { text: ['x'] })).toEqual({
      ok: true,
      value: { text: ['x'], in: undefined, regex: false, bytes: undefined },
    });
  });

  it.each([
    ['read wants path.', read, {}],
    ['search wants text.', search, { text: [] }],
    ['read knows no fate.', read, { path: 'a', fate: 'x' }],
    ['path of read is a text.', read, { path: 3 }],
    ['from of read is a whole number.', read, { path: 'a', from: '3' }],
    ['from of read is 1 or more.', read, { path: 'a', from: 0 }],
    ['bytes of read is 1000000 or less.', read, { path: 'a', bytes: 2_000_000 }],
    ['regex of search is true or false.', search, { text: ['x'], regex: 'yes' }],
    ['text of search is a list of words.', search, { text: 'x' }],
  ])('fail with “%s”', (message, card, values) => {
    expect(checkValues(card, values)).toMatchObject({
      ok: false,
      error: { code: 'usage', message },
    });
  });
});
