import { bodyOf } from '../../core/diff/lines.ts';
import { heightOfCode } from '../../core/display/draw-code.ts';
import { roomOfCode } from './code-of-line.ts';
import { type CodeMatch, findMatches } from './find-matches.ts';
import { openFolds } from './fold-in-review.ts';
import { LEAD_LINES } from './hunk-places.ts';
import type { PaneRow } from './pane-rows.ts';
import { currentWork, type ReviewState } from './review-state.ts';
import { viewOf } from './review-view.ts';
import { scrollBy } from './scroll.ts';

export function search(state: ReviewState, query: string): ReviewState {
  const work = currentWork(state);
  if (query === '' || work === null) return { ...state, search: null };
  const matches = findMatches(work, query);
  const found = { ...state, search: { query, matches, at: -1 } };
  return matches.length === 0 ? found : goToMatch(found, 1);
}

/** The same words in what is shown now; the next match is the first below the top. */
export function searchAgain(state: ReviewState): ReviewState {
  const work = currentWork(state);
  if (state.search === null || work === null) return state;
  const matches = findMatches(work, state.search.query);
  return { ...state, search: { ...state.search, matches, at: -1 } };
}

export function goToMatch(state: ReviewState, by: 1 | -1): ReviewState {
  const { search: given } = state;
  const count = given?.matches.length ?? 0;
  if (given === null || count === 0) return state;
  const at = given.at < 0 ? firstBelowTop(state) : (given.at + by + count) % count;
  const match = given.matches[at];
  if (match === undefined) return state;
  const opened = openFoldAt({ ...state, search: { ...given, at } }, match);
  const row = rowOfMatch(viewOf(opened).rows, match);
  const { scroll: pane } = viewOf(opened);
  const sub = lineOfMatch(opened, match);
  return { ...opened, top: scrollBy({ row, sub }, -LEAD_LINES, pane) };
}

/** So that a search goes on from what the person looks at. */
function firstBelowTop(state: ReviewState): number {
  const { rows, top } = viewOf(state);
  const matches = state.search?.matches ?? [];
  const at = matches.findIndex((match) => rowOfMatch(rows, match) >= top.row);
  return Math.max(0, at);
}

const places = new WeakMap<readonly PaneRow[], ReadonlyMap<string, number>>();

/** The row in which a match is, or the fold that hides it. */
function rowOfMatch(rows: readonly PaneRow[], { file, side, line }: CodeMatch): number {
  const known = places.get(rows) ?? placesOf(rows);
  places.set(rows, known);
  return known.get(`${file} ${side} ${line}`) ?? foldAround(rows, file, side, line);
}

function placesOf(rows: readonly PaneRow[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  rows.forEach((pane, at) => {
    if (pane.kind !== 'diff' || pane.row.kind === 'hunk' || pane.row.kind === 'fold') return;
    const { row, file } = pane;
    if ('before' in row && row.before !== null) found.set(`${file} before ${row.before}`, at);
    if ('after' in row && row.after !== null) found.set(`${file} after ${row.after}`, at);
  });
  return found;
}

const foldAround = (
  rows: readonly PaneRow[],
  file: number,
  side: CodeMatch['side'],
  line: number,
): number =>
  rows.findIndex((pane) => {
    if (pane.kind !== 'diff' || pane.file !== file || pane.row.kind !== 'fold') return false;
    const from = pane.row[side];
    return line >= from && line < from + pane.row.count;
  });

function openFoldAt(state: ReviewState, match: CodeMatch): ReviewState {
  const { rows } = viewOf(state);
  const row = rows[rowOfMatch(rows, match)];
  if (row?.kind !== 'diff' || row.row.kind !== 'fold') return state;
  return openFolds(state, [{ file: row.file, fold: row.row.before }]);
}

/** How many lines of a long row stand above a match in it. */
function lineOfMatch(state: ReviewState, { file, side, line, from }: CodeMatch): number {
  const { look, surface } = viewOf(state);
  const work = look.files[file];
  if (work === undefined) return 0;
  const text = bodyOf((side === 'before' ? work.beforeLines : work.afterLines)[line] ?? '');
  const until = { text: `${text.slice(0, from)}x`, note: '' };
  return heightOfCode(until, roomOfCode(work, look), surface) - 1;
}
