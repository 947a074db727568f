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
  const rows = rowsInSight(view.top, view.scroll).map((at) => view.rows[at]);
  const folds = rows.flatMap((row): readonly FoldPlace[] =>
    row?.kind === 'diff' && row.row.kind === 'fold'
      ? [{ file: row.file, fold: row.row.before }]
      : [],
  );
  const hasOutput = rows.some((row) => row?.kind === 'folded');
  if (folds.length === 0 && !hasOutput) return closeFolds(state);
  const opened = openFolds(state, folds);
  return hasOutput ? withOutput(opened, true) : opened;
}

function closeFolds(state: ReviewState): ReviewState {
  const work = currentWork(state);
  const files = work?.files.kind === 'ready' ? work.files.files : [];
  const isOpen = work?.isOutputOpen === true || files.some(({ openFolds }) => openFolds.size > 0);
  if (!isOpen) return say(state, 'Nothing is folded here.');
  const closed = withOutput(closeFiles(state), false);
  const head = viewOf(closed).rows.findIndex((row) =>
    state.hunk === null ? row.kind === 'folded' : isSamePlace(placeOf(row) ?? NOWHERE, state.hunk),
  );
  return { ...closed, top: { row: Math.max(0, head - LEAD_LINES), sub: 0 } };
}

function closeFiles(state: ReviewState): ReviewState {
  const work = currentWork(state);
  if (work?.files.kind !== 'ready') return state;
  const files = work.files.files.map((file) => ({ ...file, openFolds: new Set<number>() }));
  return withWork(state, { ...work, files: { kind: 'ready', files } });
}

function withOutput(state: ReviewState, isOutputOpen: boolean): ReviewState {
  const work = currentWork(state);
  return work === null ? state : withWork(state, { ...work, isOutputOpen });
}

const NOWHERE: HunkPlace = { file: -1, hunk: -1 };
