import { describe, expect, it } from 'vitest';
import {
  estimateTokens,
  FRESH_GAUGE,
  learn,
  leastTokens,
  textOf,
} from '../../../src/core/models/estimate-tokens.ts';

describe('an estimate of tokens', () => {
  it('is near what tokenizers count, for prose and for code', () => {
    expect(estimateTokens('The quick brown fox jumps over the lazy dog.')).toBeGreaterThan(8);
    expect(estimateTokens('The quick brown fox jumps over the lazy dog.')).toBeLessThan(14);
    const code = 'export function add(a: number, b: number): number {\n  return a + b;\n}\n';
    expect(estimateTokens(code)).toBeGreaterThan(20);
    expect(estimateTokens(code)).toBeLessThan(32);
    expect(estimateTokens('世界你好')).toBeGreaterThan(2);
    expect(estimateTokens('')).toBe(0);
  });

  it('is never below what no tokenizer can save', () => {
    for (const text of ['a b c d e', 'The quick brown fox', 'x = y + z', 'one\n\ntwo']) {
      expect(leastTokens(text)).toBeLessThanOrEqual(estimateTokens(text));
    }
  });

  it('follows what a model really counted', () => {
    expect(learn(FRESH_GAUGE, 1000, 1400)).toBeCloseTo(1.4);
    const settled = [1, 2, 3, 4, 5, 6].reduce((gauge) => learn(gauge, 1000, 800), 1.4);
    expect(settled).toBeCloseTo(0.85, 1);
    expect(learn(1.2, 20, 90)).toBe(1.2);
    expect(learn(1.2, 1000, 0)).toBe(1.2);
    expect(learn(FRESH_GAUGE, 1000, 9000)).toBe(2.5);
  });

  it('takes in all that a model reads', () => {
    const text = textOf([
      { role: 'system', text: 'S' },
      { role: 'assistant', text: 'A', calls: [{ tool: 't', values: { path: 'p' } }] },
      { role: 'tool', tool: 't', text: 'T' },
    ]);
    for (const part of ['S', 'A', 't', '"path":"p"', 'T']) expect(text).toContain(part);
  });
});
