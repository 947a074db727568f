import type { Top } from './review-state.ts';

/** Rows of different heights, of which so many lines are in sight. */
export type Scroll = {
  readonly count: number;
  readonly height: (row: number) => number;
  readonly lines: number;
};

/** The top after so many lines down, or up; it stays within what there is. */
export function scrollBy(top: Top, lines: number, scroll: Scroll): Top {
  return clamp(lines < 0 ? up(top, -lines, scroll) : down(top, lines, scroll), scroll);
}

/** The top at which the last line is the lowest in sight. */
export function lastTop(scroll: Scroll): Top {
  const end = { row: Math.max(0, scroll.count - 1), sub: 0 };
  const below = scroll.count === 0 ? 0 : scroll.height(end.row);
  return up({ ...end, sub: below }, scroll.lines, scroll);
}

/** A top that shows no emptiness below what there is. */
export function clamp(top: Top, scroll: Scroll): Top {
  const row = Math.min(top.row, Math.max(0, scroll.count - 1));
  const sub = row === top.row ? Math.min(top.sub, Math.max(0, scroll.height(row) - 1)) : 0;
  const last = lastTop(scroll);
  return isBelow({ row, sub }, last) ? last : { row, sub };
}

/** The rows of which at least one line is in sight, and how many of the last one's are. */
export function rowsInSight(top: Top, { count, height, lines }: Scroll): readonly number[] {
  const rows: number[] = [];
  let room = lines + top.sub;
  for (let row = top.row; row < count && room > 0; row++) {
    rows.push(row);
    room -= height(row);
  }
  return rows;
}

const isBelow = (one: Top, two: Top): boolean =>
  one.row > two.row || (one.row === two.row && one.sub > two.sub);

function down(top: Top, lines: number, { count, height }: Scroll): Top {
  let { row } = top;
  let sub = top.sub + lines;
  while (row < count - 1 && sub >= height(row)) sub -= height(row++);
  return { row, sub };
}

function up(top: Top, lines: number, { height }: Scroll): Top {
  let { row } = top;
  let sub = top.sub - lines;
  while (sub < 0 && row > 0) sub += height(--row);
  return { row, sub: Math.max(0, sub) };
}
