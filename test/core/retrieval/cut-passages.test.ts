import { describe, expect, it } from 'vitest';
import { cutPassages } from '../../../src/core/retrieval/cut-passages.ts';

describe('passages', () => {
  it('begin where something new begins', () => {
    const unit = ['function f() {', '  a();', '', '  b();', '  c();', '}', ''];
    expect(cutPassages([...unit, ...unit, ...unit])).toEqual([
      { startLine: 1, endLine: 7 },
      { startLine: 8, endLine: 14 },
      { startLine: 15, endLine: 21 },
    ]);
  });

  it('join what is small', () => {
    const lines = ['a = 1', '', 'b = 2', '', 'c = 3'];
    expect(cutPassages(lines)).toEqual([{ startLine: 1, endLine: 5 }]);
  });

  it.each([0, 1, 59, 60, 61, 500])('hold each of %i lines once, and none is long', (count) => {
    const lines = Array.from({ length: count }, (_, at) => (at % 7 === 0 ? '' : `  line ${at}`));
    const pieces = cutPassages(lines);
    const all = pieces.flatMap(({ startLine, endLine }) =>
      Array.from({ length: endLine - startLine + 1 }, (_, at) => startLine + at),
    );
    expect(all).toEqual(Array.from({ length: count }, (_, at) => at + 1));
    for (const { startLine, endLine } of pieces)
      expect(endLine - startLine).toBeLessThanOrEqual(60);
  });
});
