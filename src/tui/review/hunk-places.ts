import type { PaneRow } from './pane-rows.ts';
import type { HunkPlace } from './review-state.ts';
import type { ReviewView } from './review-view.ts';
import { rowsInSight } from './scroll.ts';

/** Lines of what stands before a hunk or a match that stay in sight above it. */
export const LEAD_LINES = 2;

export const isSamePlace = (one: HunkPlace, two: HunkPlace | null): boolean =>
  one.file === two?.file && one.hunk === two.hunk;

/** The hunk that a row belongs to. */
export const placeOf = (row: PaneRow | undefined): HunkPlace | null =>
  row?.kind === 'diff' && 'hunk' in row.row ? { file: row.file, hunk: row.row.hunk } : null;

export function hunksInSight({ rows, top, scroll }: ReviewView): readonly HunkPlace[] {
  const places = rowsInSight(top, scroll).map((row) => placeOf(rows[row]));
  return places.filter((place) => place !== null);
}
