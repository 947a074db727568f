import { describe, expect, it } from 'vitest';
import { createDiffer } from '../../../src/adapters/diff/line-differ.ts';
import { applyHunks } from '../../../src/core/diff/apply-hunks.ts';
import { splitLines } from '../../../src/core/diff/lines.ts';
import { cpuMsOf } from '../../support/cpu-time.ts';
import { fc } from '../../support/fc.ts';
import { createDice, texts } from '../../support/texts.ts';

const differ = createDiffer();

describe('the hunks between two texts', () => {
  it('hold the changed lines alone, numbered from 1', () => {
    expect(differ.hunks('a\nb\nc\nd\n', 'a\nB\nc\nd\ne\n')).toEqual([
      { beforeStart: 2, beforeLines: ['b\n'], afterStart: 2, afterLines: ['B\n'] },
      { beforeStart: 5, beforeLines: [], afterStart: 5, afterLines: ['e\n'] },
    ]);
  });

  it('are none for equal texts, and one for a text that is new or goes', () => {
    expect(differ.hunks('a\n', 'a\n')).toEqual([]);
    expect(differ.hunks('', 'a\nb')).toEqual([
      { beforeStart: 1, beforeLines: [], afterStart: 1, afterLines: ['a\n', 'b'] },
    ]);
    expect(differ.hunks('a\nb', '')).toEqual([
      { beforeStart: 1, beforeLines: ['a\n', 'b'], afterStart: 1, afterLines: [] },
    ]);
  });

  it('show a line end that changes and a last one that goes', () => {
    expect(differ.hunks('a\r\nb\n', 'a\nb')).toEqual([
      { beforeStart: 1, beforeLines: ['a\r\n', 'b\n'], afterStart: 1, afterLines: ['a\n', 'b'] },
    ]);
  });

  it('give the text after when all are applied, the text before when none is, never touching', () => {
    fc.assert(
      fc.property(texts, texts, (before, after) => {
        const hunks = differ.hunks(before, after);
        expect(applyHunks(before, hunks, () => true)).toBe(after);
        expect(applyHunks(before, hunks, () => false)).toBe(before);
        hunks.slice(1).forEach((hunk, index) => {
          const previous = hunks[index];
          const end = (previous?.beforeStart ?? 0) + (previous?.beforeLines.length ?? 0);
          expect(hunk.beforeStart).toBeGreaterThan(end);
        });
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['with other lines in between', 0.4, 5],
    ['with hardly a line in common', 0.98, 1_000_000],
    ['of few different lines', 0.5, 0],
  ])('are true, and found in a moment, for two texts of 5,000 lines %s', (_, share, variety) => {
    const dice = createDice(7);
    const line = (at: number) =>
      variety === 0 ? `line ${Math.floor(dice() * 4)}\n` : `line ${at} of ${variety}\n`;
    const old = Array.from({ length: 5_000 }, (_unused, at) => line(at));
    const now = old.map((text) =>
      dice() < share ? `${text.trim()} ${Math.floor(dice() * 1e9)}\n` : text,
    );
    const [before, after] = [old.join(''), now.join('')];
    differ.hunks(before.slice(0, 2_000), after.slice(0, 2_000));
    const hunks = differ.hunks(before, after);
    // The best of a few: the first ones are compiled.
    const tookMs = Math.min(
      ...[1, 2, 3, 4, 5].map(() => cpuMsOf(() => void differ.hunks(before, after))),
    );
    expect(applyHunks(before, hunks, () => true)).toBe(after);
    expect(hunks.length).toBeGreaterThan(variety === 0 ? 0 : 20);
    expect(tookMs).toBeLessThan(200);
  });

  it('finds the few lines that changed in a text of which a big block is new', () => {
    const old = Array.from({ length: 5_000 }, (_, at) => `line ${at}\n`);
    const block = Array.from({ length: 3_000 }, (_, at) => `new ${at}\n`);
    const now = [
      ...old.slice(0, 1_000),
      ...block,
      ...old.slice(1_000, 4_000),
      'x\n',
      ...old.slice(4_001),
    ];
    const hunks = differ.hunks(old.join(''), now.join(''));
    expect(hunks.map(({ beforeStart, afterLines }) => [beforeStart, afterLines.length])).toEqual([
      [1_001, 3_000],
      [4_001, 1],
    ]);
    expect(splitLines(now.join(''))).toHaveLength(8_000);
  });
});
