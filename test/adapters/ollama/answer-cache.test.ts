import { describe, expect, it } from 'vitest';
import { createAnswerCache } from '../../../src/adapters/ollama/answer-cache.ts';

import { chatEnd } from '../../support/chat-end.ts';

describe('answers in memory', () => {
  it('are bounded in number; the one not asked for the longest goes first', () => {
    const cache = createAnswerCache(2);
    cache.write('a', chatEnd('a'));
    cache.write('b', chatEnd('b'));
    cache.read('a');
    cache.write('c', chatEnd('c'));
    expect(['a', 'b', 'c'].map((key) => cache.read(key)?.text)).toEqual(['a', undefined, 'c']);
  });

  it('are bounded in size', () => {
    const cache = createAnswerCache(100, 1000);
    cache.write('a', chatEnd('x'.repeat(600)));
    cache.write('b', chatEnd('x'.repeat(600)));
    expect(cache.read('a')).toBeUndefined();
    expect(cache.read('b')).toBeDefined();
    cache.write('c', chatEnd('x'.repeat(2000)));
    expect(cache.read('c')).toBeUndefined();
    expect(cache.read('b')).toBeDefined();
  });

  it('are replaced, and their size with them', () => {
    const cache = createAnswerCache(100, 1000);
    for (let at = 0; at < 50; at += 1) cache.write('a', chatEnd('x'.repeat(600)));
    cache.write('b', chatEnd('x'.repeat(300)));
    expect(cache.read('a')).toBeDefined();
    expect(cache.read('b')).toBeDefined();
  });
});
