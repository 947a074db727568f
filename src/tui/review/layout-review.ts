import { indent, type Line, type Surface, span, textOf } from '../../core/display/line.ts';
import { GAP, isTooSmall } from './geometry.ts';
import { layoutSteps } from './layout-steps.ts';
import type { ReviewState } from './review-state.ts';
import { layoutPane, viewOf } from './review-view.ts';

/** A whole screen: every row but the last of the window, and where the caret is, if anywhere. */
export type Frame = {
  readonly lines: readonly Line[];
  readonly caret: { readonly row: number; readonly column: number } | null;
};

export function layoutReview(state: ReviewState): Frame {
  if (isTooSmall(state.size)) {
    return { lines: [[span('Too small for a review. q leaves it.')]], caret: null };
  }
  const view = viewOf(state);
  const { geometry, surface, head, foot } = view;
  const list = layoutSteps(state, geometry.list, geometry.isStacked, surface);
  const pane = layoutPane(view);
  const body = geometry.isStacked
    ? [...fill(list, geometry.list.rows), ruler(surface), ...fill(pane, geometry.pane.rows)]
    : fill(list, geometry.list.rows).map((line, row) =>
        joinSides(line, pane[row] ?? [], geometry.list.columns, surface),
      );
  const lines = [...head, ...body, ...foot.lines];
  const footAt = head.length + body.length;
  const caret = foot.caret === null ? null : { ...foot.caret, row: footAt + foot.caret.row };
  return { lines: lines.slice(0, state.size.rows - 1), caret };
}

const fill = (lines: readonly Line[], rows: number): readonly Line[] =>
  Array.from({ length: rows }, (_, row) => lines[row] ?? []);

const ruler = ({ columns, isAscii }: Surface): Line => [
  span((isAscii ? '-' : '─').repeat(columns), 'dim'),
];

function joinSides(left: Line, right: Line, width: number, surface: Surface): Line {
  const blank = Math.max(0, width - surface.width(textOf(left)));
  const divider = { ...span(surface.isAscii ? ' | ' : ' │ ', 'dim'), at: width };
  const moved = right.map((piece) =>
    piece.at === undefined ? piece : { ...piece, at: piece.at + width + GAP },
  );
  return [...left, indent(blank), divider, ...moved];
}
