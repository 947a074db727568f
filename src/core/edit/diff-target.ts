import type { IsKnown } from './file-names.ts';
import { refuse } from './refuse.ts';
import type { Edited } from './types.ts';

/** The file that the headers of a diff mean, and what is to happen to it. */

export type DiffNames = {
  readonly git?: string;
  readonly from?: string;
  readonly to?: string;
  readonly renameFrom?: string;
  readonly renameTo?: string;
  readonly isNew?: boolean;
  readonly isDeleted?: boolean;
  readonly isCopy?: boolean;
};
export type DiffTarget = {
  readonly kind: 'edit' | 'create' | 'delete';
  readonly path: string | null;
  readonly moveTo?: string;
};

export function diffTarget(names: DiffNames, isKnown: IsKnown): Edited<DiffTarget> {
  const { from, to } = pathsOf(names, isKnown);
  if (names.isCopy) {
    return refuse('malformed', 'The diff copies a file. Send the new file in whole instead.');
  }
  const { renameFrom, renameTo } = names;
  if (renameFrom !== undefined && renameTo !== undefined) {
    return {
      ok: true,
      value: { kind: 'edit', path: unquote(renameFrom), moveTo: unquote(renameTo) },
    };
  }
  if (names.isNew || from === NOTHING)
    return { ok: true, value: { kind: 'create', path: to ?? null } };
  if (names.isDeleted || to === NOTHING) {
    return { ok: true, value: { kind: 'delete', path: from ?? null } };
  }
  if (from === undefined || to === undefined || from === to) {
    return { ok: true, value: { kind: 'edit', path: to ?? from ?? null } };
  }
  if (isKnown(to) || (!isKnown(from) && endsAlike(from, to))) {
    return { ok: true, value: { kind: 'edit', path: to } };
  }
  if (/^[a-z]\//.test(to) && isKnown(to.slice(2))) {
    return { ok: true, value: { kind: 'edit', path: to.slice(2) } };
  }
  return refuse(
    'malformed',
    `The diff names two files, ${from} and ${to}. Name one; to rename it, add the lines “rename from” and “rename to”.`,
    { path: from },
  );
}

const NOTHING = '/dev/null';

function pathsOf(names: DiffNames, isKnown: IsKnown): { from?: string; to?: string } {
  const both = names.git === undefined ? null : splitGit(names.git);
  const from = names.from ?? both?.[0];
  const to = names.to ?? both?.[1];
  if (from === undefined || to === undefined) return {};
  const [left, right] = [plain(from), plain(to)];
  // git's prefixes stand on both sides, or on the one that is a file.
  const hasPrefix =
    (/^[aciow]\//.test(left) || left === NOTHING) &&
    (/^[bciow]\//.test(right) || right === NOTHING);
  const strip = (path: string) =>
    path !== NOTHING && hasPrefix && !isKnown(path) ? path.slice(2) : path;
  return { from: strip(left), to: strip(right) };
}

const splitGit = (text: string): readonly [string, string] | null => {
  const found = /^("?)(.+?)\1 ("?)(.+)\3$/.exec(text);
  const half = (text.length - 1) / 2;
  const isEven = text[half] === ' ' && text.slice(2, half) === text.slice(half + 3);
  if (isEven) return [text.slice(0, half), text.slice(half + 1)];
  return found ? [found[2] ?? '', found[4] ?? ''] : null;
};

/** Without a time behind a tab, and without quotes. */
const plain = (name: string): string =>
  unquote((name.split('\t')[0] ?? '').replace(/\s+\d{4}-\d\d-\d\d \d\d:.*$/, '').trim());

const unquote = (name: string): string => name.trim().replace(/^"(.*)"$/, '$1');

const endsAlike = (a: string, b: string): boolean => a.split('/').at(-1) === b.split('/').at(-1);
