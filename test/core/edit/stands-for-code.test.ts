import { describe, expect, it } from 'vitest';
import { applyReply } from '../../../src/core/edit/apply-reply.ts';

const replyOf = (path: string, search: string, replacement: string) =>
  `${path}\n<<<<<<< SEARCH\n${search}\n=======\n${replacement}\n>>>>>>> REPLACE\n`;

function apply(path: string, search: string, replacement: string) {
  const text = `first = 1\n${search}\nlast = 2\n`;
  return applyReply(replyOf(path, search, replacement), 'search-replace', {
    paths: [path],
    read: (asked) => (asked === path ? text : undefined),
    parses: () => undefined,
    isProtected: () => false,
  });
}

const BODY = 'one()\ntwo()\nthree()\nfour()';

describe('a new comment in the place of code', () => {
  it.each([
    ['a.py', 'zero()\n# (der Rest bleibt gleich)'],
    ['a.rb', '# el resto no cambia'],
    ['a.ts', 'zero();\n// Total() stays exactly as you have it'],
    ['a.sh', '# [snip: loop over the folders]'],
    ['a.sql', '-- la suite comme avant'],
    ['a.cs', '// (pack it the way the old code did)'],
    ['a.css', '/* und so weiter */'],
  ])('is refused where it ends what comes, whatever it says: %s %j', (path, replacement) => {
    expect(apply(path, BODY, replacement)).toMatchObject({
      ok: false,
      error: { code: 'placeholder' },
    });
  });

  it.each([
    ['it stands before new code', 'a.py', '# all four at once\nrun_all()'],
    ['hardly anything goes', 'a.py', 'one()\ntwo()\nthree()\n# the fourth is run by cron'],
    ['the name tells no such language', 'a.md', '# A heading'],
    ['nothing goes at all', 'a.ts', `${BODY}\n// and that is all`],
    ['it is no comment there', 'a.css', '#main {}'],
  ])('is taken where %s', (_, path, replacement) => {
    expect(apply(path, BODY, replacement)).toMatchObject({ ok: true });
  });
});
