import { isSamePlace, LEAD_LINES, placeOf } from './hunk-places.ts';
import { currentWork, type HunkPlace, type ReviewState, say, withWork } from './review-state.ts';
import { viewOf } from './review-view.ts';
import { rowsInSight } from './scroll.ts';

type FoldPlace = { readonly file: number; readonly fold: number };

export function openFolds(state: ReviewState, folds: readonly FoldPlace[]): ReviewState {
  const work = currentWork(state);
  if (work?.files.kind !== 'ready') return state;
  const files = work.files.files.map((file, at) => {
    const mine = folds.filter((place) => place.file === at).map(({ fold }) => fold);
    return mine.length === 0 ? file : { ...file, openFolds: new Set([...file.openFolds, ...mine]) };
  });
  return withWork(state, { ...work, files: { kind: 'ready', files } });
}

/** Opens the folds in sight; where none is, folds again what was opened. */
export function toggleFolds(state: ReviewState): ReviewState {
  const view = viewOf(state);
  const folds = rowsInSight(view.top, view.scroll).flatMap((at): readonly FoldPlace[] => {
    const row = view.rows[at];
    return row?.kind === 'diff' && row.row.kind === 'fold'
      ? [{ file: row.file, fold: row.row.before }]
      : [];
  });
  if (folds.length > 0) return openFolds(state, folds);
  const work = currentWork(state);
  if (work?.files.kind !== 'ready') return state;
  const isOpen = work.files.files.some((file) => file.openFolds.size > 0);
  if (!isOpen) return say(state, 'Nothing is folded here.');
  const files = work.files.files.map((file) => ({ ...file, openFolds: new Set<number>() }));
  const closed = withWork(state, { ...work, files: { kind: 'ready', files } });
  const head = viewOf(closed).rows.findIndex((row) =>
    isSamePlace(placeOf(row) ?? NOWHERE, state.hunk),
  );
  return { ...closed, top: { row: Math.max(0, head - LEAD_LINES), sub: 0 } };
}

const NOWHERE: HunkPlace = { file: -1, hunk: -1 };
