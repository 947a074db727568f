import { type Line, type Surface, span } from '../../core/display/line.ts';
import { confirmRows } from './confirm-rows.ts';
import { drawRow, heightOfRow } from './draw-pane-row.ts';
import { fitsSideBySide, type Geometry, measure } from './geometry.ts';
import { helpRows } from './help-rows.ts';
import { type Foot, layoutFoot } from './layout-foot.ts';
import { layoutHead } from './layout-head.ts';
import { heightOfSteps } from './layout-steps.ts';
import type { PaneLook } from './pane-look.ts';
import { type PaneRow, paneRowsOf } from './pane-rows.ts';
import { rememberWidths } from './remember-widths.ts';
import { currentWork, type ReviewState, type Top } from './review-state.ts';
import { lastTop, rowsInSight, type Scroll } from './scroll.ts';

/** All that follows from a state and is needed to draw it, or to move in it. */
export type ReviewView = {
  readonly surface: Surface;
  readonly geometry: Geometry;
  readonly head: readonly Line[];
  readonly foot: Foot;
  /** What the pane shows: a step, what would be approved, or the keys. */
  readonly rows: readonly PaneRow[];
  readonly look: PaneLook;
  readonly scroll: Scroll;
  readonly top: Top;
  /** The pane shows what keys are asked for. */
  readonly isAsking: boolean;
};

const known = new WeakMap<ReviewState, ReviewView>();

export function viewOf(state: ReviewState): ReviewView {
  const view = known.get(state) ?? makeView(state);
  known.set(state, view);
  return view;
}

function makeView(state: ReviewState): ReviewView {
  const surface = surfaceOf(state);
  const head = layoutHead(state, surface);
  const foot = layoutFoot(state, surface);
  const listRows = heightOfSteps(state, state.size.columns, surface);
  const geometry = measure(state.size, head.length, foot.lines.length, listRows);
  const isSideBySide = state.isSideBySide && fitsSideBySide(geometry);
  const work = currentWork(state);
  const look: PaneLook = {
    surface,
    columns: geometry.pane.columns,
    files: work?.files.kind === 'ready' ? work.files.files : [],
    hunk: state.hunk,
    isSideBySide,
    hasBlanks: state.hasBlanks,
    matches: state.search?.matches ?? [],
  };
  const rows = rowsOf(state, isSideBySide);
  const scroll: Scroll = {
    count: rows.length,
    lines: geometry.pane.rows,
    height: (at) => {
      const row = rows[at];
      return row === undefined ? 0 : heightOfRow(row, look);
    },
  };
  const { stage } = state;
  const top = 'top' in stage ? stage.top : state.top;
  const isAsking = 'top' in stage;
  return { surface, geometry, head, foot, rows, look, scroll, top, isAsking };
}

function surfaceOf({ size, look }: ReviewState): Surface {
  return {
    columns: size.columns,
    width: rememberWidths(look.width),
    isAscii: look.isAscii,
    isPlain: false,
  };
}

function rowsOf(state: ReviewState, isSideBySide: boolean): readonly PaneRow[] {
  if (state.stage.kind === 'confirm') return confirmRows(state, state.stage.critical);
  if (state.stage.kind === 'help') return helpRows(state.record.plan);
  const work = currentWork(state);
  if (work === null) return [];
  return paneRowsOf(work, { isSideBySide, isAscii: state.look.isAscii, cage: state.cage });
}

/** The lines of the pane from its top on. */
export function layoutPane({ rows, look, scroll, top, isAsking }: ReviewView): readonly Line[] {
  const lines: Line[] = [];
  for (const at of rowsInSight(top, scroll)) {
    const row = rows[at];
    if (row === undefined) continue;
    const from = at === top.row ? top.sub : 0;
    lines.push(...drawRow(row, look, from, scroll.lines - lines.length));
  }
  return isAsking && isMore(top, scroll) ? [...lines.slice(0, -1), [span(MORE, 'warn')]] : lines;
}

/** What is asked about must not be taken for all that there is. */
const MORE = 'More below: arrows scroll.';

function isMore(top: Top, scroll: Scroll): boolean {
  const last = lastTop(scroll);
  return top.row < last.row || (top.row === last.row && top.sub < last.sub);
}
