import { describe, expect, it } from 'vitest';
import { type Draft, EMPTY } from '../../../src/tui/editor/draft.ts';
import { pressInLine } from '../../../src/tui/editor/line-input.ts';
import { createDecoder } from '../../../src/tui/keys/decoder.ts';

function type(bytes: string): string {
  const decoder = createDecoder();
  const keys = [...decoder.push(new TextEncoder().encode(bytes)), ...decoder.flush()];
  const { text, caret } = keys.reduce<Draft>(
    (draft, key) => pressInLine(draft, key) ?? draft,
    EMPTY,
  );
  return `${text.slice(0, caret)}|${text.slice(caret)}`;
}

describe('an answer of one line', () => {
  it.each([
    ['abc', 'abc|'],
    ['abc\x7f', 'ab|'],
    ['abc\x1b[D\x1b[DX', 'aX|bc'],
    ['abc\x01X\x05Y', 'XabcY|'],
    ['one two\x17', 'one |'],
    ['one two\x15', '|'],
    ['one\x1b[200~a\nb\x1b[201~', 'onea b|'],
    ['👍🏽\x7f', '|'],
    ['ab\x1b[A\t', 'ab|'],
  ])('makes of %j %j', (bytes, line) => {
    expect(type(bytes)).toBe(line);
  });

  it('is bounded', () => {
    expect(type('x'.repeat(1_000))).toHaveLength(501);
  });
});
