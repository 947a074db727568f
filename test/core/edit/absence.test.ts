import { describe, expect, it } from 'vitest';
import { absenceIn } from '../../../src/core/edit/absence.ts';
import { applyReply } from '../../../src/core/edit/apply-reply.ts';

const SURE = [
  '(the loop stays the same as before)',
  'the loop stays the same',
  'the rest of the loop remains as is',
  'rest of the method is unchanged',
  'The rest of this function stays exactly as before.',
  'remaining methods stay the same',
  'other methods',
  'other methods unchanged',
  'other methods remain untouched',
  '[original implementation]',
  'original implementation here',
  'previous code',
  'previous implementation goes here',
  'existing logic',
  'existing code remains the same',
  'existing function body',
  'method body unchanged',
  'function body goes here',
  'body of the loop as before',
  'the body of feed stays the same',
  'implementation omitted for brevity',
  'code truncated',
  'code omitted',
  '... omitted for brevity ...',
  'snip',
  '-- snip --',
  'everything else stays the same',
  'everything else in the class is untouched',
  'everything else as is',
  'keep the rest as is',
  'keep the rest of the file unchanged',
  'keep existing code here',
  'leave everything else untouched',
  'no changes here',
  'no changes needed below',
  'no other changes',
  'nothing else changes',
  'nothing changes here',
  'code continues here',
  'your code here',
  'rest of the class',
  'the remainder of the file is identical',
  'rest of code…',
  'the same code as before, nothing changed',
  'constructor unchanged',
  'process() method: same as before',
  'loop body — unchanged',
  'imports stay the same',
  'the class is kept as it was',
  'all other functions are identical to the original',
  '12 lines omitted',
  '(code for the other branches unchanged)',
  'try block unchanged',
  'Note: rest of the implementation',
  'unchanged code',
  'the existing logic is kept as is',
  'if block stays as it was',
  'rest of the file remains the same, no changes',
  'class definition unchanged',
  'the while loop is the same as above',
];
const REAL = [
  'existing order; the rest needs no sorting',
  'the rest of the file is padding',
  'the rest is sent with the next batch',
  'keep the existing connection open',
  'keep the rest of the buffer for the next read',
  'the same loop runs twice for odd numbers',
  'the loop ends as soon as one is found',
  'unchanged entries are skipped to save time',
  'omitted fields default to null',
  'truncated to 80 characters',
  'the code must stay the same length as the key',
  'the method is the same one that the parser calls',
  'methods that start with an underscore are private',
  'other methods must not be called before this one',
  'everything else is forwarded to the handler',
  'as before a launch, check the fuel',
  'same as above, but for rows',
  'as before, but sorted',
  'restore the remaining items',
  'the remaining code points are combining marks',
  'the previous implementation was too slow',
  'the original code was written for Python 2',
  'existing code paths rely on this order',
  'existing users keep their seats',
  'skip the body when the status is 204',
  'body of the request, unparsed',
  'code goes into production on Monday',
  'no changes are written until commit',
  'no change in temperature for an hour',
  'identical files are linked instead of copied',
  'the file stays open until the last reader leaves',
  'the function stays pure: no clock, no disk',
  'rest until the other side answers',
  'the rest of us wait',
  'leave everything else to the caller',
  'stays the same across restarts because it is derived from the path',
  'these methods are kept for compatibility',
  'logic lives in the worker',
  'imports are sorted by the linter',
  'unchanged since 1999, see #12',
  'keeps the loop from spinning',
  'other classes register themselves at load time',
  'insert the code of the country after the plus sign',
  'snippets are cached',
  'continue with the rest once the lock is free',
  'the class follows the same rules as its parent',
  'here the loop may stop early',
  'if the block is unchanged, do nothing',
  'loop over the rest of the arguments',
  'a body is needed even for GET here because of the proxy',
];

describe('a comment that speaks of code which is not there', () => {
  it.each(SURE)('%j surely does', (comment) => expect(absenceIn(comment)).toBe('sure'));

  it.each([
    'remains unchanged',
    'unchanged',
    'stays the same',
    'as before',
    'same as above',
    'same as before',
    '(kept as is)',
    'identical to the original',
    'left untouched',
    'as above',
    'it stays as it was',
    'omitted',
    'remaining items stay the same',
    'validation unchanged',
    'fields as before',
  ])('%j does where code was taken away', (comment) => expect(absenceIn(comment)).not.toBeNull());

  it.each(REAL)('%j never does', (comment) => expect(absenceIn(comment)).toBeNull());
});

const SYNTAXES: readonly (readonly [string, (text: string) => string])[] = [
  ['a.ts', (text) => `// ${text}`],
  ['a.py', (text) => `# ${text}`],
  ['a.c', (text) => `/* ${text} */`],
  ['a.sql', (text) => `-- ${text}`],
  ['a.html', (text) => `<!-- ${text} -->`],
  ['a.tsx', (text) => `{/* ${text} */}`],
  ['a.lisp', (text) => `;; ${text}`],
  ['a.tex', (text) => `% ${text}`],
  ['a.ml', (text) => `(* ${text} *)`],
  ['a.hbs', (text) => `{{!-- ${text} --}}`],
  ['a.j2', (text) => `{# ${text} #}`],
  ['a.java', (text) => ` * ${text}`],
];
const text = 'alpha(one)\n  beta(two)\n  gamma(three)\n  delta(four)\nomega(five)\n';
/** A real one stands before the code that it is about. */
const tryComment = (path: string, comment: string, about = '') =>
  applyReply(
    `${path}\n<<<<<<< SEARCH\nalpha(one)\n  beta(two)\n  gamma(three)\n  delta(four)\nomega(five)\n=======\nalpha(six)\n  ${comment}\n${about}omega(five)\n>>>>>>> REPLACE\n`,
    'search-replace',
    { paths: [path], read: () => text, parses: () => undefined, isProtected: () => false },
  );

describe('an edit with such a comment in the place of code', () => {
  it.each(SURE)('is refused: %j', (comment) => {
    for (const [path, write] of SYNTAXES) {
      const result = tryComment(path, write(comment));
      expect(result, path).toMatchObject({ ok: false, error: { code: 'placeholder' } });
    }
  });
  it.each(REAL)('is applied where it is a real one: %j', (comment) => {
    for (const [path, write] of SYNTAXES) {
      const result = tryComment(path, write(comment), '  sigma(seven)\n');
      expect(result, `${path} ${JSON.stringify(result)}`).toMatchObject({ ok: true });
    }
  });
});
