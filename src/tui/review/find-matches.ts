import { layoutDiffRows } from '../../core/diff/diff-rows.ts';
import { bodyOf } from '../../core/diff/lines.ts';
import { searchRows } from '../../core/diff/search-rows.ts';
import type { FileWork } from './file-work.ts';
import type { StepWork } from './step-work.ts';

/** A line of one side of one file. Unchanged lines go by their place afterwards. */
export type CodePlace = {
  readonly file: number;
  readonly side: 'before' | 'after';
  readonly line: number;
};
/** Where a searched text stands in the code of a step. */
export type CodeMatch = CodePlace & { readonly from: number; readonly to: number };

/** All places in what a step changes, folded ones too, from top to bottom. */
export function findMatches({ files }: StepWork, query: string): readonly CodeMatch[] {
  if (files.kind !== 'ready' || query === '') return [];
  return files.files.flatMap((file, at) => {
    const places = placesOf(file).map((place) => ({ ...place, file: at }));
    const texts = places.map(({ side, line }) =>
      bodyOf((side === 'before' ? file.beforeLines : file.afterLines)[line] ?? ''),
    );
    return searchRows(texts, query).flatMap(({ row, from, to }) => {
      const place = places[row];
      return place === undefined ? [] : [{ ...place, from, to }];
    });
  });
}

function placesOf(file: FileWork): readonly Omit<CodePlace, 'file'>[] {
  const rows = layoutDiffRows({
    hunks: file.hunks.map(({ hunk }) => hunk),
    pairs: file.pairs,
    beforeCount: file.beforeLines.length,
    isSideBySide: false,
    openFolds: 'all',
  });
  return rows.flatMap((row): readonly Omit<CodePlace, 'file'>[] => {
    if (row.kind === 'removed') return [{ side: 'before', line: row.before }];
    return 'after' in row && row.after !== null ? [{ side: 'after', line: row.after }] : [];
  });
}

const byPlace = new WeakMap<readonly CodeMatch[], ReadonlyMap<string, readonly CodeMatch[]>>();

/** Those matches that stand in one line. */
export function matchesIn(
  matches: readonly CodeMatch[],
  { file, side, line }: CodePlace,
): readonly CodeMatch[] {
  if (matches.length === 0) return matches;
  const known = byPlace.get(matches) ?? groupByPlace(matches);
  byPlace.set(matches, known);
  return known.get(`${file} ${side} ${line}`) ?? [];
}

function groupByPlace(matches: readonly CodeMatch[]): ReadonlyMap<string, readonly CodeMatch[]> {
  const groups = new Map<string, CodeMatch[]>();
  for (const match of matches) {
    const key = `${match.file} ${match.side} ${match.line}`;
    groups.set(key, [...(groups.get(key) ?? []), match]);
  }
  return groups;
}
