import { fail, ok } from '../result.ts';
import type { Result } from '../types.ts';
import { readPaths } from './read-paths.ts';
import type { Reader } from './reader.ts';
import type { Prose, Scope } from './request.ts';

/** Where a sentence is to look; null where it does not say. */
export function readScope(reader: Reader): Result<Scope | null> {
  if (reader.skip('everywhere')) {
    return PLACES.has(reader.word()) ? readScope(reader) : ok({ kind: 'everywhere' });
  }
  if (!PLACES.has(reader.word())) return ok(null);
  const start = reader.mark();
  reader.next();
  if (skipWholeProject(reader)) return ok({ kind: 'everywhere' });
  const paths = readPaths(reader, (next) => startsProse(next));
  if (!paths.ok) return paths;
  const [only] = paths.value;
  const isQuoted = reader.clause.tokens[start + 1]?.kind === 'quoted';
  if (paths.value.length === 1 && !isQuoted && isProse(only as string)) {
    return fail('usage', `It is not clear whether “${only}” are all to change or is a folder.`, {
      hint: `Say “including ${only}”, or put the folder in quotes.`,
    });
  }
  return ok({ kind: 'in', paths: paths.value });
}

/** The words that a place begins with. */
export const isPlace = (word: string): boolean => PLACES.has(word) || word === 'everywhere';

const PLACES = new Set(['in', 'within', 'under', 'inside', 'across', 'throughout']);

/** `the whole project`, `all files`, `every file`. */
function skipWholeProject(reader: Reader): boolean {
  const start = reader.mark();
  reader.skip('the', 'this', 'all', 'every');
  reader.skip('whole', 'entire', 'of');
  reader.skip('the');
  if (
    reader.skip('project', 'workspace', 'repository', 'repo', 'codebase', 'files', 'file') &&
    (isLast(reader) || JOINTS.has(reader.word()) || startsProse(reader)) &&
    reader.mark() - start > 1
  ) {
    return true;
  }
  reader.reset(start);
  return false;
}

/** A place may stand before them: `replace "a" in src with "b"`. */
const JOINTS = new Set(['to', 'into', 'as', 'with', 'by']);

const isLast = (reader: Reader): boolean => reader.isAtEnd() || reader.peek()?.kind === 'comma';

const isProse = (word: string): boolean => readProseWord(word.toLowerCase()) !== null;

function readProseWord(word: string): Prose | null {
  if (word === 'strings' || word === 'string') return 'strings';
  return word === 'comments' || word === 'comment' ? 'comments' : null;
}

function startsProse(reader: Reader): boolean {
  const start = reader.mark();
  const found = readProse(reader);
  reader.reset(start);
  return found.length > 0;
}

/**
 * `including strings and comments`, `also in strings`, `and in comments too`. Nothing is read where
 * it does not say that it means them besides the code.
 */
export function readProse(reader: Reader): readonly Prose[] {
  const start = reader.mark();
  reader.skipComma();
  const isJoined = reader.skip('and');
  const isBesides = reader.skip('including', 'include', 'also', 'even');
  reader.skip('in', 'inside', 'within');
  const found = readProseList(reader);
  const isToo = reader.skip('too', 'also') || (reader.skip('as') && reader.skip('well'));
  if (found.length > 0 && (isBesides || isToo || (isJoined && found.length > 0))) return found;
  reader.reset(start);
  return [];
}

function readProseList(reader: Reader): readonly Prose[] {
  const found: Prose[] = [];
  for (;;) {
    const start = reader.mark();
    if (found.length > 0) {
      reader.skipComma();
      reader.skip('and');
      reader.skip('in');
    }
    reader.skip('all');
    reader.skip('the');
    const kind = readProseWord(reader.word());
    if (kind === null) {
      reader.reset(start);
      return found;
    }
    reader.next();
    reader.skip('literals');
    if (!found.includes(kind)) found.push(kind);
  }
}
