import { hunksInSight, isSamePlace, LEAD_LINES, placeOf } from './hunk-places.ts';
import type { PaneRow } from './pane-rows.ts';
import { type HunkPlace, type ReviewState, say } from './review-state.ts';
import { viewOf } from './review-view.ts';
import { clamp, rowsInSight, scrollBy } from './scroll.ts';
import { searchAgain } from './search-in-review.ts';

/** Keeps the view within what there is, and the hunk that keys speak of in sight. */
export function settle(state: ReviewState): ReviewState {
  if (state.stage.kind !== 'reading' && state.stage.kind !== 'busy') return state;
  const view = viewOf(state);
  const top = clamp(state.top, view.scroll);
  const isMoved = top.row !== state.top.row || top.sub !== state.top.sub;
  const moved = isMoved ? { ...state, top } : state;
  const seen = hunksInSight(isMoved ? viewOf(moved) : view);
  if (moved.hunk !== null && seen.some((place) => isSamePlace(place, moved.hunk))) return moved;
  const hunk = seen[0] ?? null;
  return hunk === moved.hunk ? moved : { ...moved, hunk };
}

/** Scrolls whatever is shown. */
export function scroll(state: ReviewState, lines: number): ReviewState {
  const view = viewOf(state);
  const top = scrollBy(view.top, lines, view.scroll);
  return 'top' in state.stage ? { ...state, stage: { ...state.stage, top } } : { ...state, top };
}

/** To another step, whose beginning is shown. */
function goToStep(state: ReviewState, at: number): ReviewState {
  if (at < 0 || at >= state.steps.length) {
    return say(state, at < 0 ? 'This is the first step.' : 'This is the last step.');
  }
  const moved = { ...state, at, hunk: null, top: { row: 0, sub: 0 } };
  return searchAgain(moved);
}

/** To the next file of the step that is shown, else to the next step; or back. */
export function goToFile(state: ReviewState, by: 1 | -1): ReviewState {
  const { rows, top, scroll: pane } = viewOf(state);
  const heads = rows.flatMap((row, at) => {
    const previous = rows[at - 1];
    const isFirst =
      row.kind === 'diff' && (previous?.kind !== 'diff' || previous.file !== row.file);
    return isFirst && row.file > 0 ? [at] : [];
  });
  const head =
    by > 0 ? heads.find((at) => at - LEAD_LINES > top.row) : heads.findLast((at) => at < top.row);
  const next = clamp({ row: Math.max(0, (head ?? 0) - LEAD_LINES), sub: 0 }, pane);
  // Where the last file is in sight already, there is nothing further down in this step.
  const isEnd = by > 0 && next.row <= top.row;
  if (head === undefined || isEnd) return goToStep(state, state.at + by);
  return { ...state, hunk: null, top: next };
}

/** To the hunk behind the one that keys speak of, or before it. */
export function goToHunk(state: ReviewState, by: 1 | -1): ReviewState {
  const { rows, top } = viewOf(state);
  const heads = headsOf(rows);
  const current = heads.findIndex(({ place }) => place !== null && isSamePlace(place, state.hunk));
  const beyond =
    by > 0 ? heads.find(({ at }) => at >= top.row) : heads.findLast(({ at }) => at < top.row);
  const next = current < 0 ? beyond : heads[current + by];
  if (next === undefined) {
    return say(state, by > 0 ? 'No hunk below; J goes on.' : 'No hunk above; K goes back.');
  }
  return showRows({ ...state, hunk: next.place }, next.at, lastRowOf(rows, next.at));
}

type Head = { readonly at: number; readonly place: HunkPlace | null };

const known = new WeakMap<readonly PaneRow[], readonly Head[]>();

/** Where the hunks begin. */
function headsOf(rows: readonly PaneRow[]): readonly Head[] {
  const heads =
    known.get(rows) ??
    rows.flatMap((row, at) =>
      row.kind === 'diff' && row.row.kind === 'hunk' ? [{ at, place: placeOf(row) }] : [],
    );
  known.set(rows, heads);
  return heads;
}

/** Scrolls only where these rows are not in sight as a whole. */
function showRows(state: ReviewState, first: number, last: number): ReviewState {
  const { top, scroll: given } = viewOf(state);
  const seen = rowsInSight(top, given);
  const isWhole = seen.includes(first) && seen.includes(last) && seen.at(-1) !== last;
  if (isWhole && first > top.row) return state;
  return { ...state, top: scrollBy({ row: first, sub: 0 }, -LEAD_LINES, given) };
}

function lastRowOf(rows: readonly PaneRow[], head: number): number {
  const place = placeOf(rows[head]);
  let last = head;
  while (place !== null && isSamePlace(place, placeOf(rows[last + 1]))) last++;
  return last;
}
