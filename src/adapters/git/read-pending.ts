import { posix } from 'node:path';
import type { PendingFile } from '../../core/commit/pending.ts';

/**
 * What `git diff -z --raw --numstat` says: first the kind of every change, then its lines. `folder` is
 * the one from which paths are told.
 */
export function readPending(text: string, folder: string): readonly PendingFile[] {
  const words = text.split('\0');
  const { kinds, next } = readKinds(words);
  const counts = readCounts(words.slice(next));
  return kinds.map(({ path, movedFrom, kind }): PendingFile => {
    const from = movedFrom === undefined ? {} : { movedFrom: seenFrom(folder, movedFrom) };
    return { path: seenFrom(folder, path), ...from, kind, lines: counts.get(path) ?? null };
  });
}

const seenFrom = (folder: string, path: string): string =>
  folder === '' ? path : posix.relative(folder, path);

/**
 * Every change by itself, in one order: what has moved counts as gone here and new there, so that it
 * depends on no setting what the same changes come to.
 */
export function readEntries(text: string): string {
  const words = text.split('\0');
  const entries: string[] = [];
  let at = 0;
  while (words[at]?.startsWith(':')) {
    const [, mode = '', , content = '', letter = ''] = (words[at] as string).split(' ');
    const first = words[at + 1] ?? '';
    const isTwo = /^[RC]/.test(letter);
    if (letter.startsWith('R')) entries.push(`${first}\0gone`);
    const path = isTwo ? (words[at + 2] ?? '') : first;
    const is = letter === 'D' ? 'gone' : letter === 'U' ? 'unmerged' : `${mode} ${content}`;
    entries.push(`${path}\0${is}`);
    at += isTwo ? 3 : 2;
  }
  return entries.sort().join('\0\0');
}

type Kind = Pick<PendingFile, 'path' | 'movedFrom' | 'kind'>;

/** `:modes hashes LETTER`, then the path, or two of them for what moved. */
function readKinds(words: readonly string[]): {
  readonly kinds: readonly Kind[];
  readonly next: number;
} {
  const kinds = new Map<string, Kind>();
  let at = 0;
  while (words[at]?.startsWith(':')) {
    const letter = (words[at] as string).split(' ').at(-1)?.[0] ?? '';
    const first = words[at + 1] ?? '';
    const isTwo = letter === 'R' || letter === 'C';
    const path = isTwo ? (words[at + 2] ?? '') : first;
    const kind = KINDS[letter] ?? 'changed';
    // What is not merged is told a second time, as what else it is.
    if (kinds.get(path)?.kind !== 'unmerged') {
      kinds.set(path, letter === 'R' ? { path, movedFrom: first, kind } : { path, kind });
    }
    at += isTwo ? 3 : 2;
  }
  return { kinds: [...kinds.values()], next: at };
}

const KINDS: Readonly<Record<string, PendingFile['kind']>> = {
  A: 'added',
  C: 'added',
  D: 'deleted',
  R: 'moved',
  U: 'unmerged',
};

/** `added TAB removed TAB path`, where a path that moved is empty and followed by both. */
function readCounts(words: readonly string[]): ReadonlyMap<string, PendingFile['lines']> {
  const counts = new Map<string, PendingFile['lines']>();
  for (let at = 0; at < words.length; at++) {
    const match = /^(\d+|-)\t(\d+|-)\t(.*)$/s.exec(words[at] as string);
    if (match === null) continue;
    const [, added, removed, name = ''] = match;
    const path = name === '' ? (words[at + 2] ?? '') : name;
    if (name === '') at += 2;
    counts.set(path, added === '-' ? null : { added: Number(added), removed: Number(removed) });
  }
  return counts;
}
