import { ok } from '../result.ts';
import type { Result } from '../types.ts';
import { isPlace, readProse, readScope } from './read-scope.ts';
import { type Reader, textOf } from './reader.ts';
import { refuse, refuseRest } from './refuse.ts';
import type { Prose, Request, Scope } from './request.ts';

/** `rename` is for names in code and for files alike: what it names tells which. */
export function readRename(reader: Reader): Result<Request> {
  const noun = skipNoun(reader);
  const from = textOf(reader.next());
  const early = readScope(reader);
  if (!early.ok) return early;
  const isTo = reader.skip(...TO);
  const to = textOf(reader.next());
  if (from === null || !isTo || to === null || from === '' || to === '') {
    return refuse(
      `“${reader.clause.text}” does not say what is renamed to what.`,
      noun === 'file' ? 'rename-file' : 'rename-name',
    );
  }
  if (noun === 'file' || (noun === null && (looksLikePath(from) || looksLikePath(to)))) {
    if (!reader.isAtEnd() || early.value !== null) return refuseRest(reader, 'rename-file');
    return ok({ kind: 'move', from: [from], to, isRename: true });
  }
  const wrong = [from, to].find((name) => !isName(name));
  if (wrong !== undefined) return refuse(`“${wrong}” is not one name.`, 'rename-name');
  if (from === to) return refuse(`“${from}” would keep its name.`, 'rename-name');
  return readTail(reader, from, to, early.value, noun === 'name');
}

function readTail(
  reader: Reader,
  from: string,
  to: string,
  early: Scope | null,
  isSurelyName: boolean,
) {
  let scope = early;
  const alsoIn: Prose[] = [];
  for (let isMoving = true; isMoving; ) {
    const start = reader.mark();
    alsoIn.push(...readProse(reader));
    if (scope === null) {
      if (isPlace(reader.word(1))) reader.skipComma();
      const found = readScope(reader);
      if (!found.ok) return found;
      scope = found.value;
    }
    isMoving = reader.mark() > start;
  }
  if (!reader.isAtEnd()) return refuseRest(reader, 'rename-name');
  return ok<Request>({
    kind: 'rename-name',
    from,
    to,
    scope: scope ?? { kind: 'everywhere' },
    alsoIn: [...new Set(alsoIn)].sort().reverse(),
    isSurelyName,
  });
}

const TO = ['to', 'into', 'as'] as const;

type Noun = 'name' | 'file' | null;

/** `all uses of the function`: what the name after it is said to be. A last word is the name. */
function skipNoun(reader: Reader): Noun {
  let noun: Noun = null;
  while (!(TO as readonly string[]).includes(reader.word(1))) {
    const word = reader.word();
    if (NAME_NOUNS.has(word)) noun = 'name';
    else if (FILE_NOUNS.has(word)) noun = 'file';
    else if (!ARTICLES.has(word)) break;
    reader.next();
  }
  return noun;
}

const ARTICLES = new Set(
  'the a an all every each occurrence occurrences use uses usages of our my called named'.split(
    ' ',
  ),
);
const FILE_NOUNS = new Set(['file', 'folder', 'directory', 'dir']);
const NAME_NOUNS = new Set(
  `symbol identifier name function method class variable constant const let var type interface
  struct enum trait field property attribute parameter argument hook macro namespace prop
  getter setter record union label object selector`.split(/\s+/),
);

/** A slash, or a dot that no name can have. */
const looksLikePath = (text: string): boolean => /[/.]/.test(text);

/** In one of the languages; which one is seen when the files are. */
const isName = (text: string): boolean =>
  /^(?:@{1,2}|[$#]|--)?[\p{ID_Start}_$][\p{ID_Continue}$-]*[?!]?$/u.test(text);
