import { describe, expect, it } from 'vitest';
import { absenceIn } from '../../../src/core/edit/absence.ts';
import { applyReply } from '../../../src/core/edit/apply-reply.ts';

const LINES = ['one', 'two', 'three', 'four', 'five', 'six'];
const textOf = (lines: readonly string[]) => `${lines.join('\n')}\n`;
const view = {
  paths: ['notes.txt'],
  read: (path: string) => (path === 'notes.txt' ? textOf(LINES) : undefined),
  parses: () => undefined,
  isProtected: () => false,
};
const DIFF =
  '```diff\n--- a/notes.txt\n+++ b/notes.txt\n@@ -2,3 +2,3 @@\n two\n-three\n+3\n four\n```\n';
const fence = (lines: readonly string[]) => `notes.txt\n\`\`\`\n${textOf(lines)}\`\`\`\n`;
const changed = LINES.map((line) => (line === 'three' ? '3' : line));

describe('a diff with the file in whole beside it', () => {
  it.each([
    ['as it was', LINES],
    ['as it comes of the diff', changed],
    ['in part', changed.slice(1, 4)],
  ])('is applied where the file stands there %s', (_, lines) => {
    const result = applyReply(`${DIFF}\nThe file then is:\n\n${fence(lines)}`, 'auto', view);
    expect(result).toMatchObject({ ok: true, files: [{ after: textOf(changed) }] });
  });

  it('is refused where the two say different things', () => {
    const other = LINES.map((line) => (line === 'three' ? 'III' : line));
    const result = applyReply(`${DIFF}\nThe file then is:\n\n${fence(other)}`, 'auto', view);
    expect(result).toMatchObject({ ok: false, error: { code: 'overlap' } });
  });
});

describe('a comment that lists what it stands for, or goes on from nothing', () => {
  it.each([
    ['... rest of the methods (confirm, cancel, lists) remain the same', 'sure'],
    ['the other handlers (onOpen, onClose) stay unchanged', 'sure'],
    ['... then the checks from before', 'likely'],
    ['… more options', 'likely'],
    ['keep existing styles', 'likely'],
    ['preserve all current settings here', 'likely'],
    ['include the other options', 'likely'],
  ])('%s', (text, kind) => {
    expect(absenceIn(text)).toBe(kind);
  });

  it.each([
    'keeps the existing file open (see close)',
    'keep at least one style so that the theme works',
    'preserve the order of insertion',
    'rounds to cents (half to even), then adds',
    'the rest needs no sorting (it is sorted already)',
  ])('is no such comment: %s', (text) => {
    expect(absenceIn(text)).toBe(null);
  });
});
