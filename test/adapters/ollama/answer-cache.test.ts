import { describe, expect, it } from 'vitest';
import { createAnswerCache } from '../../../src/adapters/ollama/answer-cache.ts';
import type { ChatEnd } from '../../../src/core/types.ts';

const endOf = (text: string): ChatEnd => ({
  why: 'stop',
  text,
  thinking: '',
  calls: [],
  model: 'm',
  host: 'h',
  promptTokens: 1,
  answerTokens: 1,
  contextTokens: 1,
  loadMs: 0,
  promptMs: 0,
  answerMs: 0,
  totalMs: 0,
  isCached: false,
});

describe('answers in memory', () => {
  it('are bounded in number; the one not asked for the longest goes first', () => {
    const cache = createAnswerCache(2);
    cache.write('a', endOf('a'));
    cache.write('b', endOf('b'));
    cache.read('a');
    cache.write('c', endOf('c'));
    expect(['a', 'b', 'c'].map((key) => cache.read(key)?.text)).toEqual(['a', undefined, 'c']);
  });

  it('are bounded in size', () => {
    const cache = createAnswerCache(100, 1000);
    cache.write('a', endOf('x'.repeat(600)));
    cache.write('b', endOf('x'.repeat(600)));
    expect(cache.read('a')).toBeUndefined();
    expect(cache.read('b')).toBeDefined();
    cache.write('c', endOf('x'.repeat(2000)));
    expect(cache.read('c')).toBeUndefined();
    expect(cache.read('b')).toBeDefined();
  });

  it('are replaced, and their size with them', () => {
    const cache = createAnswerCache(100, 1000);
    for (let at = 0; at < 50; at += 1) cache.write('a', endOf('x'.repeat(600)));
    cache.write('b', endOf('x'.repeat(300)));
    expect(cache.read('a')).toBeDefined();
    expect(cache.read('b')).toBeDefined();
  });
});
