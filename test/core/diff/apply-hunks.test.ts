import { describe, expect, it } from 'vitest';
import { applyHunks } from '../../../src/core/diff/apply-hunks.ts';
import type { Hunk } from '../../../src/core/types.ts';

const hunks: readonly Hunk[] = [
  { beforeStart: 1, beforeLines: ['a\n'], afterStart: 1, afterLines: ['A\n', 'A2\n'] },
  { beforeStart: 3, beforeLines: ['c\r\n'], afterStart: 4, afterLines: [] },
  { beforeStart: 4, beforeLines: ['d'], afterStart: 4, afterLines: ['D\n'] },
];

describe('applying hunks', () => {
  it('changes what is taken and leaves the rest to the byte', () => {
    const apply = (...taken: readonly number[]) =>
      applyHunks('a\nb\nc\r\nd', hunks, (index) => taken.includes(index));
    expect(apply()).toBe('a\nb\nc\r\nd');
    expect(apply(0)).toBe('A\nA2\nb\nc\r\nd');
    expect(apply(1)).toBe('a\nb\nd');
    expect(apply(0, 1, 2)).toBe('A\nA2\nb\nD\n');
  });

  it('refuses hunks that belong to another text', () => {
    expect(() => applyHunks('x\nb\nc\n', hunks, () => true)).toThrow('Hunk 1');
  });
});
