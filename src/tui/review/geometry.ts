import type { Size } from '../live/view.ts';

/** Where the parts of the review stand. One row of the window is left free. */
export type Geometry = {
  readonly isStacked: boolean;
  readonly list: Size;
  readonly pane: Size;
  /** The column in which the pane begins. */
  readonly paneAt: number;
};

/** Below this the steps stand above the diff. */
const SIDE_COLUMNS = 100;
const LIST = { least: 32, most: 46, share: 0.3 };
/** The gap between steps and diff, with a line in it. */
export const GAP = 3;
/** A smaller window shows no review. */
const LEAST: Size = { columns: 30, rows: 10 };
/** Both halves of a diff side by side need this. */
const SIDE_BY_SIDE_COLUMNS = 72;

export const isTooSmall = ({ columns, rows }: Size): boolean =>
  columns < LEAST.columns || rows < LEAST.rows;

/** `listRows` is what the steps would take where they stand above. */
export function measure(
  { columns, rows }: Size,
  headRows: number,
  footRows: number,
  listRows: number,
): Geometry {
  const body = Math.max(1, rows - 1 - headRows - footRows);
  if (columns < SIDE_COLUMNS) {
    const most = Math.max(1, Math.floor(body * LIST.share));
    const height = Math.min(most, listRows);
    const pane = { columns, rows: Math.max(1, body - height - 1) };
    return { isStacked: true, list: { columns, rows: height }, pane, paneAt: 0 };
  }
  const wished = Math.floor(columns * LIST.share);
  const width = Math.min(LIST.most, Math.max(LIST.least, wished));
  return {
    isStacked: false,
    list: { columns: width, rows: body },
    pane: { columns: columns - width - GAP, rows: body },
    paneAt: width + GAP,
  };
}

export const fitsSideBySide = ({ pane }: Geometry): boolean => pane.columns >= SIDE_BY_SIDE_COLUMNS;
