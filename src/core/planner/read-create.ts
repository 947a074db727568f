import { fail, ok } from '../result.ts';
import type { Result } from '../types.ts';
import { decodeEscapes } from './decode-escapes.ts';
import { NO_PATHS } from './read-paths.ts';
import { type Reader, textOf } from './reader.ts';
import { refuse, refuseRest } from './refuse.ts';
import type { Request } from './request.ts';
import { TEMPLATES } from './templates.ts';

/** `make` and `add` want to hear what: `make test` is no sentence but a command. */
export function readMake(reader: Reader): Result<Request> {
  const start = reader.mark();
  skipArticles(reader);
  const isNamed = isNoun(reader.word()) || reader.word() === 'empty';
  const template = isNamed ? null : readTemplate(reader);
  reader.reset(start);
  if (isNamed || template !== null) return readCreate(reader);
  return refuse(`“${reader.clause.text}” does not say what is to be made.`, 'create-file');
}

export function readCreate(reader: Reader): Result<Request> {
  skipArticles(reader);
  if (reader.skip('folder', 'directory', 'dir')) return readFolder(reader);
  const isEmpty = reader.skip('empty', 'blank');
  const template = isEmpty || isNoun(reader.word()) ? null : readTemplate(reader);
  const isFile = reader.skip('file');
  reader.skip('called', 'named', 'at', 'in', 'as');
  const path = readNewPath(reader);
  if (!path.ok) return path;
  if (template !== null) {
    if (!reader.isAtEnd()) return refuseRest(reader, 'create-template');
    return ok({ kind: 'create-from-template', path: path.value, template });
  }
  const content = readContent(reader);
  if (!content.ok) return content;
  if (!reader.isAtEnd()) return refuseRest(reader, 'create-file');
  if (content.value === null && !isEmpty && !isFile) {
    return refuse(
      `“${reader.clause.text}” does not say what is in the file.`,
      'create-file',
      `For an empty one say create an empty file ${path.value}.`,
    );
  }
  if (content.value !== null && isEmpty) {
    return refuse('A file cannot be empty and have content.', 'create-file');
  }
  return ok({ kind: 'create-file', path: path.value, content: content.value ?? '' });
}

const isNoun = (word: string) => ['file', 'folder', 'directory', 'dir'].includes(word);

function skipArticles(reader: Reader): void {
  while (reader.skip('a', 'an', 'the', 'new'));
}

function readFolder(reader: Reader): Result<Request> {
  reader.skip('called', 'named', 'at');
  const path = readNewPath(reader);
  if (!path.ok) return path;
  if (!reader.isAtEnd()) return refuseRest(reader, 'create-folder');
  return ok({ kind: 'create-folder', path: path.value });
}

function readNewPath(reader: Reader): Result<string> {
  const token = reader.next();
  const text = textOf(token);
  if (text === null || text === '' || (token?.kind === 'word' && isNoPath(text))) {
    return refuse(`“${reader.clause.text}” names no file.`, 'create-file');
  }
  return ok(text);
}

const isNoPath = (word: string): boolean => NO_PATHS.has(word.toLowerCase());

/** The longest name of a template that stands here. */
function readTemplate(reader: Reader): string | null {
  const names = TEMPLATES.flatMap(({ id, names: known }) =>
    known.map((name) => ({ id, words: name.split(' ') })),
  ).sort((a, b) => b.words.length - a.words.length);
  for (const { id, words } of names) {
    if (!words.every((word, ahead) => reader.word(ahead) === word)) continue;
    if (reader.peek(words.length) === undefined) continue;
    for (const _ of words) reader.next();
    return id;
  }
  return null;
}

/** `with content "…"`, `containing "…"`. Null where nothing is said. */
function readContent(reader: Reader): Result<string | null> {
  const start = reader.mark();
  reader.skipComma();
  const isWith = reader.skip('with');
  if (isWith) reader.skip('the');
  const isSaid = isWith
    ? reader.skip('content', 'contents', 'text')
    : reader.skip('containing', 'saying');
  if (!isSaid) {
    reader.reset(start);
    return ok(null);
  }
  reader.skip('the');
  reader.skip('text');
  const token = reader.next();
  if (token?.kind === 'quoted') {
    return ok(token.quote === '`' ? token.text : decodeEscapes(token.text));
  }
  return fail('usage', 'The content of a file has to stand in quotes.', {
    hint: 'Inside of them \\n is a new line.',
  });
}
