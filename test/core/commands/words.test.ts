import { describe, expect, it } from 'vitest';
import { quoteWord, splitWords } from '../../../src/core/commands/words.ts';
import { fc } from '../../support/fc.ts';

describe('splitting a line into words', () => {
  it('keeps quoted blanks together and joins what touches', () => {
    const words = splitWords(`ask "what is" 'this thing'and\\ that ''`);
    expect(words).toEqual({ ok: true, value: ['ask', 'what is', 'this thingand that', ''] });
  });

  it('refuses a quote that is never closed', () => {
    expect(splitWords(`ask "what`)).toMatchObject({ ok: false, error: { code: 'usage' } });
  });

  it('gives back exactly the words that were quoted', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), (words) => {
        expect(splitWords(words.map(quoteWord).join(' '))).toEqual({ ok: true, value: words });
      }),
    );
  });
});
