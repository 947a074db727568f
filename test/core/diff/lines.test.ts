import { describe, expect, it } from 'vitest';
import { bodyOf, splitLines, terminatorOf, usualTerminator } from '../../../src/core/diff/lines.ts';

describe('the lines of a text', () => {
  it('keep how they end', () => {
    expect(splitLines('a\n\r\nb\rc\r\nd')).toEqual(['a\n', '\r\n', 'b\rc\r\n', 'd']);
    expect(splitLines('')).toEqual([]);
    expect(splitLines('\n')).toEqual(['\n']);
  });

  it('are a body and a terminator', () => {
    expect(['a\n', 'a\r\n', 'a', '\r\n'].map(bodyOf)).toEqual(['a', 'a', 'a', '']);
    expect(['a\n', 'a\r\n', 'a\r'].map(terminatorOf)).toEqual(['\n', '\r\n', '']);
  });

  it('end as most of them do', () => {
    expect(usualTerminator(['a\r\n', 'b\r\n', 'c\n', 'd'])).toBe('\r\n');
    expect(usualTerminator(['a'])).toBe('\n');
  });
});
