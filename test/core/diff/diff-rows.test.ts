import { describe, expect, it } from 'vitest';
import { createDiffer } from '../../../src/adapters/diff/line-differ.ts';
import { type DiffRow, layoutDiffRows } from '../../../src/core/diff/diff-rows.ts';
import { splitLines } from '../../../src/core/diff/lines.ts';
import { pairHunks } from '../../../src/core/diff/pair-lines.ts';
import { splitHunk } from '../../../src/core/diff/split-hunk.ts';
import { fc } from '../../support/fc.ts';
import { texts } from '../../support/texts.ts';

const differ = createDiffer();

function rowsOf(
  before: string,
  after: string,
  more: { isSideBySide?: boolean; openFolds?: ReadonlySet<number> | 'all'; isSplit?: boolean } = {},
): readonly DiffRow[] {
  const found = differ.hunks(before, after);
  const hunks = more.isSplit ? found.flatMap(splitHunk) : found;
  return layoutDiffRows({
    hunks,
    pairs: pairHunks(hunks),
    beforeCount: splitLines(before).length,
    isSideBySide: more.isSideBySide ?? false,
    openFolds: more.openFolds ?? new Set(),
  });
}

const lines = (count: number) => Array.from({ length: count }, (_, at) => `line ${at}\n`);
const kinds = (rows: readonly DiffRow[]) => rows.map(({ kind }) => kind);

describe('the rows of a diff', () => {
  const before = lines(20).join('');
  const after = lines(20).with(9, 'line nine\n').join('');

  it('show three unchanged lines around a change and fold the others', () => {
    expect(rowsOf(before, after)).toEqual([
      { kind: 'fold', before: 0, after: 0, count: 6 },
      ...[6, 7, 8].map((at) => ({ kind: 'same', before: at, after: at })),
      { kind: 'hunk', hunk: 0 },
      { kind: 'removed', hunk: 0, before: 9, twin: 9 },
      { kind: 'added', hunk: 0, after: 9, twin: 9 },
      ...[10, 11, 12].map((at) => ({ kind: 'same', before: at, after: at })),
      { kind: 'fold', before: 13, after: 13, count: 7 },
    ]);
  });

  it('open a fold by the first line that it hides', () => {
    const rows = rowsOf(before, after, { openFolds: new Set([13]) });
    expect(kinds(rows).filter((kind) => kind === 'fold')).toHaveLength(1);
    expect(rows.at(-1)).toEqual({ kind: 'same', before: 19, after: 19 });
  });

  it('put what a change has turned into another line beside it', () => {
    const rows = rowsOf('price = 1\nold\n', 'price = 2\n', { isSideBySide: true });
    expect(rows).toEqual([
      { kind: 'hunk', hunk: 0 },
      { kind: 'beside', hunk: 0, before: 0, after: 0, isAlike: true },
      { kind: 'beside', hunk: 0, before: 1, after: null, isAlike: false },
    ]);
  });

  it('cover every line of both texts exactly once, folded or not', () => {
    fc.assert(
      fc.property(texts, texts, fc.boolean(), fc.boolean(), (old, now, isSideBySide, isSplit) => {
        const rows = rowsOf(old, now, { isSideBySide, isSplit });
        const [befores, afters] = linesIn(rows);
        expect(befores).toEqual(splitLines(old).map((_, at) => at));
        expect(afters).toEqual(splitLines(now).map((_, at) => at));
        expect(kinds(rowsOf(old, now, { isSideBySide, openFolds: 'all' }))).not.toContain('fold');
      }),
      { numRuns: 300 },
    );
  });
});

function linesIn(rows: readonly DiffRow[]): readonly [number[], number[]] {
  const [befores, afters]: [number[], number[]] = [[], []];
  for (const row of rows) {
    const count = row.kind === 'fold' ? row.count : 1;
    for (let at = 0; at < count; at++) {
      if ('before' in row && row.before !== null) befores.push(row.before + at);
      if ('after' in row && row.after !== null) afters.push(row.after + at);
    }
  }
  return [befores, afters];
}
