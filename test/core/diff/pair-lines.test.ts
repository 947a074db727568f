import { describe, expect, it } from 'vitest';
import { pairHunks } from '../../../src/core/diff/pair-lines.ts';
import type { Hunk } from '../../../src/core/types.ts';
import { fc } from '../../support/fc.ts';

const hunk = (beforeLines: readonly string[], afterLines: readonly string[]): Hunk => ({
  beforeStart: 1,
  beforeLines,
  afterStart: 1,
  afterLines,
});

describe('the lines of a hunk side by side', () => {
  it('are those that a change has turned into another, whatever came in between', () => {
    const [pairs] = pairHunks([
      hunk(['const a = 1;\n', 'return a;\n'], ['const a = 2;\n', 'log(it);\n', 'return a + 1;\n']),
    ]);
    expect(pairs).toEqual([
      { before: 0, after: 0, isAlike: true },
      { before: null, after: 1, isAlike: false },
      { before: 1, after: 2, isAlike: true },
    ]);
  });

  it('are every line of both sides once and in order, also beyond what is compared', () => {
    const lines = fc.array(fc.constantFrom('a\n', 'b c\n', 'b d\n', '\n'), { maxLength: 60 });
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const [pairs = []] = pairHunks([hunk(before, after)]);
        const side = (name: 'before' | 'after') =>
          pairs.map((pair) => pair[name]).filter((at) => at !== null);
        expect(side('before')).toEqual(before.map((_, at) => at));
        expect(side('after')).toEqual(after.map((_, at) => at));
      }),
    );
  });
});
