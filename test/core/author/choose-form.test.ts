import { describe, expect, it } from 'vitest';
import { chooseForm, USUAL_FORM } from '../../../src/core/author/choose-form.ts';

describe('the form of an edit', () => {
  it('is the whole file where that is small or new, and blocks beyond', () => {
    const choose = (tokens: number, isNew = false) => chooseForm({ tokens, isNew }, USUAL_FORM);
    expect(choose(300)).toBe('whole');
    expect(choose(3000)).toBe('search-replace');
    expect(choose(0, true)).toBe('whole');
  });

  it('is what was learned of the model, but for a file that is new', () => {
    const learned = { wholeTokens: 0, beyond: 'udiff' } as const;
    expect(chooseForm({ tokens: 300, isNew: false }, learned)).toBe('udiff');
    expect(chooseForm({ tokens: 300, isNew: true }, learned)).toBe('whole');
  });
});
