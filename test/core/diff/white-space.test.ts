import { expect, it } from 'vitest';
import { differsInWhiteSpaceOnly, isWhiteSpaceOnly } from '../../../src/core/diff/white-space.ts';

it('knows a change of white space alone, line ends and blank lines included', () => {
  expect(differsInWhiteSpaceOnly('a b', '\ta  b ')).toBe(true);
  expect(differsInWhiteSpaceOnly('a', 'a')).toBe(false);
  const hunk = { beforeStart: 1, beforeLines: ['a b\r\n'], afterStart: 1 };
  expect(isWhiteSpaceOnly({ ...hunk, afterLines: ['a\n', '\n', 'b'] })).toBe(true);
  expect(isWhiteSpaceOnly({ ...hunk, afterLines: ['a c\n'] })).toBe(false);
});

it('takes nothing for white space that a program may take for something else', () => {
  expect(differsInWhiteSpaceOnly('a b', 'a\u00a0b')).toBe(false);
  expect(differsInWhiteSpaceOnly('ab', 'a\u200bb')).toBe(false);
});
