import { describe, expect, it } from 'vitest';
import { createLineMatcher } from '../../../src/adapters/expressions/line-matcher.ts';

const LINES = ['const round = 1;', 'Round(x)', 'nothing', 'ground'];
const matcher = createLineMatcher();

describe('a regular expression of somebody else', () => {
  it('finds the lines that fit, with or without regard to letter case', () => {
    expect(matcher.match('\\bround', false, LINES, 10)).toEqual({ ok: true, value: [1, 2] });
    expect(matcher.match('\\bround', true, LINES, 10)).toEqual({ ok: true, value: [1] });
    expect(matcher.match('o', false, LINES, 2)).toEqual({ ok: true, value: [1, 2] });
    expect(matcher.match('^$', false, LINES, 2)).toEqual({ ok: true, value: [] });
  });

  it('is stopped where it would take for ever', () => {
    const from = performance.now();
    const slow = matcher.match('(a+)+$', false, [`${'a'.repeat(50)}b`], 10);
    expect(slow).toMatchObject({ ok: false, error: { code: 'limit' } });
    expect(performance.now() - from).toBeLessThan(3_000);
    expect(matcher.match('a', false, ['a'], 10)).toEqual({ ok: true, value: [1] });
  });

  it('is refused where it is none, or too long', () => {
    expect(matcher.match('(', false, LINES, 10)).toMatchObject({
      ok: false,
      error: { code: 'usage', message: expect.stringContaining('no regular expression') },
    });
    expect(matcher.match('a'.repeat(500), false, LINES, 10).ok).toBe(false);
  });
});
