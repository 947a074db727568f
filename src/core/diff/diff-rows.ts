import type { Hunk } from '../types.ts';
import type { LinePair } from './pair-lines.ts';

/** One row of a viewer. Lines are named by their index in the whole text, from 0. */
export type DiffRow =
  | { readonly kind: 'same'; readonly before: number; readonly after: number }
  /** Unchanged lines that are not shown. */
  | {
      readonly kind: 'fold';
      readonly before: number;
      readonly after: number;
      readonly count: number;
    }
  | { readonly kind: 'hunk'; readonly hunk: number }
  /** `twin` is the line on the other side that this one was changed from or into. */
  | {
      readonly kind: 'removed';
      readonly hunk: number;
      readonly before: number;
      readonly twin: number | null;
    }
  | {
      readonly kind: 'added';
      readonly hunk: number;
      readonly after: number;
      readonly twin: number | null;
    }
  /** Side by side. */
  | {
      readonly kind: 'beside';
      readonly hunk: number;
      readonly before: number | null;
      readonly after: number | null;
      readonly isAlike: boolean;
    };

export type DiffRowsOptions = {
  readonly hunks: readonly Hunk[];
  /** What stands beside what, for each hunk. */
  readonly pairs: readonly (readonly LinePair[])[];
  /** How many lines the text had before. */
  readonly beforeCount: number;
  readonly isSideBySide: boolean;
  /** Folds that are open, named by the first line before that they hide; or all of them. */
  readonly openFolds: ReadonlySet<number> | 'all';
};

/** Lines of what is unchanged that are shown around a change. */
const CONTEXT = 3;
/** Fewer lines than this are shown rather than folded. */
const MIN_FOLD = 2;

/** Every line of both texts exactly once, changed ones below the head of their hunk. */
export function layoutDiffRows(options: DiffRowsOptions): readonly DiffRow[] {
  const { hunks, beforeCount } = options;
  const rows: DiffRow[] = [];
  let [before, after] = [0, 0];
  hunks.forEach((hunk, index) => {
    const count = hunk.beforeStart - 1 - before;
    pushSame(rows, { before, after, count, isFirst: index === 0, isLast: false }, options);
    rows.push({ kind: 'hunk', hunk: index });
    pushChange(rows, hunk, index, options);
    before = hunk.beforeStart - 1 + hunk.beforeLines.length;
    after += count + hunk.afterLines.length;
  });
  const count = beforeCount - before;
  pushSame(rows, { before, after, count, isFirst: hunks.length === 0, isLast: true }, options);
  return rows;
}

type Stretch = {
  readonly before: number;
  readonly after: number;
  readonly count: number;
  readonly isFirst: boolean;
  readonly isLast: boolean;
};

function pushSame(rows: DiffRow[], stretch: Stretch, { openFolds }: DiffRowsOptions): void {
  const { before, after, count } = stretch;
  // Between two pieces of one hunk that was split there is nothing.
  const head = stretch.isFirst ? 0 : Math.min(CONTEXT, count);
  const tail = stretch.isLast ? 0 : Math.min(CONTEXT, count - head);
  const hidden = count - head - tail;
  const isOpen = hidden < MIN_FOLD || openFolds === 'all' || openFolds.has(before + head);
  const push = (from: number, to: number): void => {
    for (let at = from; at < to; at++) {
      rows.push({ kind: 'same', before: before + at, after: after + at });
    }
  };
  push(0, isOpen ? count : head);
  if (isOpen) return;
  rows.push({ kind: 'fold', before: before + head, after: after + head, count: hidden });
  push(count - tail, count);
}

function pushChange(
  rows: DiffRow[],
  { beforeStart, afterStart, beforeLines, afterLines }: Hunk,
  hunk: number,
  { pairs, isSideBySide }: DiffRowsOptions,
): void {
  const [before, after] = [beforeStart - 1, afterStart - 1];
  const beside = pairs[hunk] ?? [];
  if (isSideBySide) {
    for (const pair of beside) {
      rows.push({
        kind: 'beside',
        hunk,
        before: pair.before === null ? null : before + pair.before,
        after: pair.after === null ? null : after + pair.after,
        isAlike: pair.isAlike,
      });
    }
    return;
  }
  const alike = beside.filter(({ isAlike }) => isAlike);
  const newOf = new Map(alike.map((pair) => [pair.before, pair.after]));
  const oldOf = new Map(alike.map((pair) => [pair.after, pair.before]));
  const add = (start: number, at: number | null | undefined) => (at == null ? null : start + at);
  beforeLines.forEach((_, at) => {
    rows.push({ kind: 'removed', hunk, before: before + at, twin: add(after, newOf.get(at)) });
  });
  afterLines.forEach((_, at) => {
    rows.push({ kind: 'added', hunk, after: after + at, twin: add(before, oldOf.get(at)) });
  });
}
