import type { Hunk } from '../types.ts';

/** Whether two texts are the same but for white space, line ends included. */
export function differsInWhiteSpaceOnly(before: string, after: string): boolean {
  return before !== after && withoutWhiteSpace(before) === withoutWhiteSpace(after);
}

/** Whether a hunk changes nothing but white space. */
export const isWhiteSpaceOnly = (hunk: Hunk): boolean =>
  differsInWhiteSpaceOnly(hunk.beforeLines.join(''), hunk.afterLines.join(''));

// Not `\s`: what only looks like a space may mean something else to a program.
const withoutWhiteSpace = (text: string): string => text.replace(/[ \t\r\n]+/g, '');
