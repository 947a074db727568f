import { describe, expect, it } from 'vitest';
import { diffLines } from '../../../src/core/edit/diff-lines.ts';
import { fc } from '../../support/fc.ts';

const lines = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 40 });

describe('the way from lines to lines', () => {
  it('leads from the one to the other', () => {
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const ops = diffLines(before, after);
        const old = ops.flatMap((op) => (op.kind === 'add' ? [] : [before[op.before]]));
        const now = ops.flatMap((op) => (op.kind === 'drop' ? [] : [after[op.after]]));
        expect([old, now]).toEqual([before, after]);
        for (const op of ops)
          if (op.kind === 'keep') expect(before[op.before]).toBe(after[op.after]);
      }),
      { numRuns: 500 },
    );
  });

  it('changes no more than it must', () => {
    const ops = diffLines(['a', 'b', 'c'], ['a', 'x', 'c']);
    expect(ops.map(({ kind }) => kind)).toEqual(['keep', 'drop', 'add', 'keep']);
  });

  it('takes texts that share next to nothing as replaced', () => {
    const many = (name: string) => Array.from({ length: 5000 }, (_, at) => `${name}${at}`);
    expect(diffLines(many('a'), many('b'))).toHaveLength(10_000);
  });
});
