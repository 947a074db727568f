import { describe, expect, it } from 'vitest';
import { createDiffer } from '../../../src/adapters/diff/line-differ.ts';
import { applyHunks } from '../../../src/core/diff/apply-hunks.ts';
import { splitLines } from '../../../src/core/diff/lines.ts';
import { splitHunk } from '../../../src/core/diff/split-hunk.ts';
import type { Hunk } from '../../../src/core/types.ts';
import { fc } from '../../support/fc.ts';
import { texts } from '../../support/texts.ts';

const hunk = (beforeLines: readonly string[], afterLines: readonly string[]): Hunk => ({
  beforeStart: 1,
  beforeLines,
  afterStart: 1,
  afterLines,
});
const split = (before: readonly string[], after: readonly string[]) =>
  splitHunk(hunk(before, after)).map(({ beforeLines, afterLines }) => [beforeLines, afterLines]);

describe('splitting a hunk', () => {
  it('parts changed lines from new ones', () => {
    expect(split(['const x = 1;\n'], ['const x = 2;\n', 'done();\n'])).toEqual([
      [['const x = 1;\n'], ['const x = 2;\n']],
      [[], ['done();\n']],
    ]);
  });

  it('parts new lines at blank ones, then one by one', () => {
    expect(split([], ['a\n', '\n', 'b\n', 'c\n'])).toEqual([
      [[], ['a\n', '\n']],
      [[], ['b\n', 'c\n']],
    ]);
    expect(split([], ['b\n', 'c\n'])).toEqual([
      [[], ['b\n']],
      [[], ['c\n']],
    ]);
  });

  it('halves what is long and has no blank line', () => {
    const lines = Array.from({ length: 20 }, (_, at) => `line ${at}\n`);
    expect(splitHunk(hunk([], lines)).map(({ afterLines }) => afterLines.length)).toEqual([10, 10]);
  });

  it('gives a single line back as it is', () => {
    expect(splitHunk(hunk(['a\n'], ['b\n']))).toEqual([hunk(['a\n'], ['b\n'])]);
  });

  it('keeps together what would glue a line without a newline to the next', () => {
    expect(split(['last'], ['last\n', 'more\n'])).toEqual([[['last'], ['last\n', 'more\n']]]);
  });

  it('makes pieces of which any may be taken, and together they are the hunk', () => {
    const differ = createDiffer();
    fc.assert(
      fc.property(texts, texts, fc.infiniteStream(fc.boolean()), (before, after, coin) => {
        const pieces = differ.hunks(before, after).flatMap(splitHunk).flatMap(splitHunk);
        expect(applyHunks(before, pieces, () => true)).toBe(after);
        const taken = pieces.map(() => coin.next().value);
        const made = applyHunks(before, pieces, (index) => taken[index] === true);
        // No two lines have become one: only the last may be without an end.
        const known = new Set([...splitLines(before), ...splitLines(after)]);
        expect(splitLines(made).filter((line) => !known.has(line))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
