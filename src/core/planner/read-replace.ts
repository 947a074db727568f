import { ok } from '../result.ts';
import type { Result } from '../types.ts';
import { readScope } from './read-scope.ts';
import { type Reader, textOf } from './reader.ts';
import { refuse, refuseRest } from './refuse.ts';
import type { Find, Request, Scope } from './request.ts';
import type { Token } from './tokens.ts';

/** `change` takes only quotations: `change the function a to b` asks for more than a text. */
export const readReplace = (reader: Reader) => read(reader, ['with', 'by'], false);
export const readChange = (reader: Reader) => read(reader, ['to', 'into'], true);

function read(reader: Reader, joints: readonly string[], mustBeQuoted: boolean): Result<Request> {
  if (!joints.includes(reader.word(1))) reader.skip('all', 'every', 'each');
  const blanks = readBlanks(reader, joints);
  const isWord = blanks === null && skipNouns(reader, joints);
  const token = blanks === null ? reader.next() : undefined;
  const found = blanks ?? findOf(token, isWord);
  const early = readScope(reader);
  if (!early.ok) return early;
  if (found === null || !reader.skip(...joints)) {
    return refuse(`“${reader.clause.text}” does not say what is replaced with what.`, 'replace');
  }
  if (token?.kind === 'word' && BLANKS.has(token.text.toLowerCase())) {
    return refuse(
      `It is not clear whether “${token.text}” is a text or stands for blanks.`,
      'replace',
      'Put the text in quotes, or say tabs with two spaces.',
    );
  }
  if (mustBeQuoted && token?.kind === 'word') {
    return refuse(`What “${reader.clause.text}” changes has to stand in quotes.`, 'replace');
  }
  const replacement = readReplacement(reader, token, blanks !== null, mustBeQuoted);
  if (replacement === null) {
    return refuse(
      `What “${reader.clause.text}” puts in its place is not clear.`,
      found.kind === 'regex' ? 'replace-regex' : 'replace',
      'Put it in quotes.',
    );
  }
  return readTail(reader, found, replacement, early.value);
}

function readTail(
  reader: Reader,
  find: Find,
  replacement: string,
  early: Scope | null,
): Result<Request> {
  const form = find.kind === 'regex' ? 'replace-regex' : 'replace';
  const scope = early === null ? readScope(reader) : ok(early);
  if (!scope.ok) return scope;
  if (!reader.isAtEnd()) return refuseRest(reader, form);
  if (scope.value === null) {
    return refuse(`“${reader.clause.text}” does not say where.`, form, 'Name a place.');
  }
  if (find.kind !== 'regex' && find.text === '') {
    return refuse('There is no text to look for.', form);
  }
  if (find.kind === 'text' && find.text === replacement) {
    return refuse(`“${find.text}” would stay as it is.`, form);
  }
  return checkFlags(find) ?? ok({ kind: 'replace', find, replacement, scope: scope.value });
}

function checkFlags(find: Find) {
  if (find.kind !== 'regex' || /^(?!.*(.).*\1)[gimsu]*$/.test(find.flags)) return null;
  return refuse(
    `“${find.flags}” are no flags that are known; there are i, m and s.`,
    'replace-regex',
  );
}

/** Says whether whole words are asked for. A last word before the joint is the text itself. */
function skipNouns(reader: Reader, joints: readonly string[]): boolean {
  let isWord = false;
  while (NOUNS.has(reader.word()) && !joints.includes(reader.word(1))) {
    if (reader.word() === 'word' || reader.word() === 'words') isWord = true;
    reader.next();
  }
  return isWord;
}

const NOUNS = new Set(
  `the a all every each any occurrence occurrences of text string word words regex regexp pattern
  matches regular expression`.split(/\s+/),
);

function findOf(token: Token | undefined, isWord: boolean): Find | null {
  if (token?.kind === 'regex') {
    return { kind: 'regex', source: token.source, flags: token.flags };
  }
  const text = textOf(token);
  return text === null ? null : { kind: isWord ? 'word' : 'text', text };
}

/** `tabs with two spaces`: blanks are hard to write down, so they have names. */
function readBlanks(reader: Reader, joints: readonly string[]): Find | null {
  const start = reader.mark();
  const blanks = readBlankName(reader);
  if (blanks !== null && joints.includes(reader.word())) {
    const afterFind = reader.mark();
    reader.next();
    const isBlankToo = readBlankName(reader) !== null;
    reader.reset(isBlankToo ? afterFind : start);
    if (isBlankToo) return { kind: 'text', text: blanks };
  }
  reader.reset(start);
  return null;
}

function readBlankName(reader: Reader): string | null {
  if (reader.skip('tab', 'tabs')) return '\t';
  const start = reader.mark();
  const count = COUNTS[reader.word()] ?? Number(/^[1-9]$/.exec(reader.word())?.[0] ?? 0);
  if (count > 0) reader.next();
  if (count > 0 && reader.skip('space', 'spaces')) return ' '.repeat(count);
  if (count === 1 && reader.skip('tab')) return '\t';
  reader.reset(start);
  return null;
}

const BLANKS = new Set('tab tabs space spaces blanks whitespace newline newlines'.split(' '));

const COUNTS: Readonly<Record<string, number>> = {
  a: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  eight: 8,
};

function readReplacement(
  reader: Reader,
  found: Token | undefined,
  isBlank: boolean,
  mustBeQuoted: boolean,
): string | null {
  if (isBlank) return readBlankName(reader);
  // Beside something in quotes, `nothing` is no text.
  if (found?.kind !== 'word' && reader.skip('nothing')) return '';
  const token = reader.next();
  if (mustBeQuoted && token?.kind !== 'quoted') return null;
  if (token?.kind === 'word' && (token.text.toLowerCase() === 'nothing' || token.text === 'in')) {
    return null;
  }
  return textOf(token);
}
