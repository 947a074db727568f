import { describe, expect, it } from 'vitest';
import type { Writing } from '../../../src/core/author/ask-edit.ts';
import { readEdit } from '../../../src/core/author/read-edit.ts';
import type { EditForm } from '../../../src/core/types.ts';

const TEXT = 'one();\ntwo();\nthree();\n';
const writing = (form: EditForm, text: string | null = TEXT): Writing => ({
  mayStay: false,
  step: { id: '1', kind: 'edit', path: 'src/a.js', why: 'x', dependsOn: [] },
  path: 'src/a.js',
  text,
  form,
});
const read = (reply: string, form: EditForm = 'whole', text: string | null = TEXT) =>
  readEdit(reply, writing(form, text), () => undefined);
const TWO = TEXT.replace('two', '2');

describe('the reply for one file', () => {
  it.each([
    ['in a fence under its name', 'whole', `src/a.js\n\`\`\`js\n${TWO}\`\`\``],
    ['in a fence alone', 'whole', `\`\`\`js\n${TWO}\`\`\``],
    ['under its bare name', 'whole', `a.js\n\`\`\`\n${TWO}\`\`\``],
    [
      'as a block',
      'search-replace',
      'src/a.js\n<<<<<<< SEARCH\ntwo();\n=======\n2();\n>>>>>>> REPLACE',
    ],
    [
      'as a block without a name',
      'search-replace',
      '<<<<<<< SEARCH\ntwo();\n=======\n2();\n>>>>>>> REPLACE',
    ],
    [
      'in another form than asked for',
      'whole',
      '<<<<<<< SEARCH\ntwo();\n=======\n2();\n>>>>>>> REPLACE',
    ],
    [
      'as a diff',
      'udiff',
      '--- a/src/a.js\n+++ b/src/a.js\n@@ @@\n one();\n-two();\n+2();\n three();',
    ],
    [
      'as a patch',
      'apply-patch',
      '*** Begin Patch\n*** Update File: src/a.js\n@@\n one();\n-two();\n+2();\n*** End Patch',
    ],
  ] as [string, EditForm, string][])('may be %s', (_, form, reply) => {
    expect(read(reply, form)).toEqual({ ok: true, value: TWO });
  });

  it('may leave the file as it is, where what was refused is out of it already', () => {
    const reply = `src/a.js\n\`\`\`js\n${TEXT}\`\`\``;
    const staying = { ...writing('whole'), mayStay: true };
    expect(readEdit(reply, staying, () => undefined)).toEqual({ ok: true, value: TEXT });
    expect(read(reply)).toMatchObject({ ok: false });
    expect(readEdit('It may stay.', staying, () => undefined)).toMatchObject({ ok: false });
  });

  it.each([
    ['with its name', `src/a.js\n\`\`\`js\n${TEXT}\`\`\``],
    ['without', `Here you are:\n\`\`\`js\n${TEXT}\`\`\``],
  ])('makes a new file, %s', (_, reply) => {
    expect(read(reply, 'whole', null)).toEqual({ ok: true, value: TEXT });
  });

  it.each([
    ['no edit at all', 'I would change two().', 'holds no edit'],
    ['another file', `src/b.js\n\`\`\`\n${TWO}\`\`\``, 'only src/a.js is asked for'],
    [
      'two files',
      `src/a.js\n\`\`\`\n${TWO}\`\`\`\nsrc/b.js\n\`\`\`\n${TWO}\`\`\``,
      'changes src/b.js',
    ],
    ['the same text', `src/a.js\n\`\`\`\n${TEXT}\`\`\``, 'changes nothing'],
    ['a deletion', '*** Begin Patch\n*** Delete File: src/a.js\n*** End Patch', 'deletes it'],
    [
      'a move',
      '*** Begin Patch\n*** Update File: src/a.js\n*** Move to: src/b.js\n@@\n-two();\n+2();\n*** End Patch',
      'changes src/b.js',
    ],
    ['a piece of it', 'Like this:\n```js\nfour();\nfive();\n```', 'not the whole of src/a.js'],
    ['a fence that does not close', `src/a.js\n\`\`\`\n${TWO}`, 'cut off'],
  ])('is refused where it is %s', (_, reply, words) => {
    expect(read(reply)).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining(words) },
    });
  });
});
