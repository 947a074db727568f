import { describe, expect, it } from 'vitest';
import { findMentions } from '../../../src/core/prompt/find-mentions.ts';

const found = (text: string) =>
  findMentions(text).map(({ name, lines }) => (lines ? [name, lines.from, lines.to] : name));

describe('mentions in a request', () => {
  it.each([
    ['what does @src/cart.ts do?', ['src/cart.ts']],
    ['look at @src/cart.ts:10-40, please', [['src/cart.ts', 10, 40]]],
    ['and (@src/cart.ts:12).', [['src/cart.ts', 12, 12]]],
    ['backwards @a.ts:40-10', [['a.ts', 10, 40]]],
    ['why is @roundPrice so slow?', ['roundPrice']],
    ['@./src/cart.ts', ['src/cart.ts']],
    ['@"my notes/to do.md" and `@b.py`', ['my notes/to do.md', 'b.py']],
    ['@Cart.total vs @cart::total', ['Cart.total', 'cart::total']],
    ['twice @a.ts and @a.ts', ['a.ts']],
    ['@größe.ts', ['größe.ts']],
  ])('finds those of “%s”', (text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  it.each(['mail ann@example.org', 'an @ alone', 'a@b', 'the @: sign'])(
    'finds none in “%s”',
    (text) => {
      expect(found(text)).toEqual([]);
    },
  );

  it('takes no more than twenty', () => {
    expect(found(Array.from({ length: 50 }, (_, at) => `@f${at}`).join(' '))).toHaveLength(20);
  });
});
