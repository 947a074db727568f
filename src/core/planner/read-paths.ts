import { fail, ok } from '../result.ts';
import type { Result } from '../types.ts';
import { type Reader, textOf } from './reader.ts';
import type { PathNoun } from './request.ts';

/** `src and test`, `a.txt, b.txt and c.txt`; `isOver` says where the next part begins. */
export function readPaths(
  reader: Reader,
  isOver: (reader: Reader) => boolean = () => false,
): Result<readonly string[]> {
  const paths: string[] = [];
  do {
    const path = readPath(reader);
    if (!path.ok) return path;
    paths.push(path.value);
  } while (!isOver(reader) && skipJoint(reader));
  return ok(paths);
}

/** One path, with or without a noun before it. */
export function readPath(reader: Reader): Result<string> {
  const noun = skipPathNoun(reader);
  const token = reader.next();
  const text = textOf(token);
  if (text === null || text === '') return fail('usage', NO_PATH);
  if (token?.kind === 'word' && NO_PATHS.has(text.toLowerCase())) {
    return fail('usage', `“${text}” names no file or folder.`, {
      hint: 'Name each one, or use a glob like docs/*.md; a file with such a name goes in quotes.',
    });
  }
  return ok(noun === 'folder' && !text.endsWith('/') ? `${text}/` : text);
}

const NO_PATH = 'A file or folder is missing.';

/** `the file`, `folder`: what the path after it is said to be. A last word is the path itself. */
export function skipPathNoun(reader: Reader): PathNoun {
  reader.skip('the', 'my', 'this');
  const after = reader.peek(1);
  if (after === undefined || after.kind === 'comma' || JOINTS.has(reader.word(1))) return 'any';
  const isFile = reader.skip('file', 'files');
  const isFolder = !isFile && reader.skip('folder', 'folders', 'directory', 'dir');
  if (isFile || isFolder) reader.skip('called', 'named');
  return isFile ? 'file' : isFolder ? 'folder' : 'any';
}

/** Words after which `file` or `folder` is itself the name. */
const JOINTS = new Set(['and', 'to', 'into', 'as', 'with', 'in', 'including', 'also']);

function skipJoint(reader: Reader): boolean {
  const start = reader.mark();
  const isComma = reader.skipComma();
  const isAnd = reader.skip('and');
  if ((isComma || isAnd) && !reader.isAtEnd()) return true;
  reader.reset(start);
  return false;
}

/** Words that stand for no single path. */
export const NO_PATHS: ReadonlySet<string> = new Set(
  `all an and another any anything away both but each every everyone everything except file files
  folder folders for from here in into it its me most my no not nothing of on only or other others
  our out own some something that the them there these they things this those to us what which with
  without you your stuff code project workspace`.split(/\s+/),
);
