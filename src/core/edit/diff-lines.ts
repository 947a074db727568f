/** One step from the lines before to the lines after; numbers are indexes into either. */
export type DiffOp =
  | { readonly kind: 'keep'; readonly before: number; readonly after: number }
  | { readonly kind: 'drop'; readonly before: number }
  | { readonly kind: 'add'; readonly after: number };

/** Beyond so many differing lines the middle is taken as replaced in whole: the search is quadratic. */
const MAX_DISTANCE = 1500;

/** The shortest way from `before` to `after` (Myers), drops before adds. */
export function diffLines(before: readonly string[], after: readonly string[]): readonly DiffOp[] {
  let head = 0;
  const shorter = Math.min(before.length, after.length);
  while (head < shorter && before[head] === after[head]) head += 1;
  let tail = 0;
  while (
    tail < shorter - head &&
    before[before.length - 1 - tail] === after[after.length - 1 - tail]
  ) {
    tail += 1;
  }
  const ops: DiffOp[] = [];
  for (let at = 0; at < head; at += 1) ops.push({ kind: 'keep', before: at, after: at });
  const middle = diffMiddle(
    before.slice(head, before.length - tail),
    after.slice(head, after.length - tail),
  );
  for (const op of dropsFirst(middle)) ops.push(shift(op, head));
  for (let at = tail; at > 0; at -= 1) {
    ops.push({ kind: 'keep', before: before.length - at, after: after.length - at });
  }
  return ops;
}

function shift(op: DiffOp, by: number): DiffOp {
  if (op.kind === 'keep') return { ...op, before: op.before + by, after: op.after + by };
  return op.kind === 'drop'
    ? { kind: 'drop', before: op.before + by }
    : { kind: 'add', after: op.after + by };
}

function diffMiddle(a: readonly string[], b: readonly string[]): readonly DiffOp[] {
  if (a.length === 0 || b.length === 0) return replaceAll(a, b);
  const trace = trail(a, b);
  return trace === null ? replaceAll(a, b) : walkBack(a.length, b.length, trace);
}

const replaceAll = (a: readonly string[], b: readonly string[]): readonly DiffOp[] => [
  ...a.map((_, before): DiffOp => ({ kind: 'drop', before })),
  ...b.map((_, after): DiffOp => ({ kind: 'add', after })),
];

/** For every distance the furthest point on each diagonal; null when the texts are too far apart. */
function trail(a: readonly string[], b: readonly string[]): readonly Int32Array[] | null {
  const max = Math.min(a.length + b.length, MAX_DISTANCE);
  const trace: Int32Array[] = [];
  let previous = new Int32Array(3);
  for (let distance = 0; distance <= max; distance += 1) {
    const current = new Int32Array(2 * distance + 3);
    for (let k = -distance; k <= distance; k += 2) {
      let x = 0;
      if (distance > 0) {
        const left = k === -distance ? -1 : at(previous, k - 1, distance - 1) + 1;
        const up = k === distance ? -1 : at(previous, k + 1, distance - 1);
        x = Math.max(left, up);
      }
      let y = x - k;
      while (x < a.length && y < b.length && a[x] === b[y]) {
        x += 1;
        y += 1;
      }
      current[k + distance + 1] = x;
      if (x >= a.length && y >= b.length) {
        trace.push(current);
        return trace;
      }
    }
    trace.push(current);
    previous = current;
  }
  return null;
}

const at = (row: Int32Array, k: number, distance: number): number => row[k + distance + 1] ?? 0;

function walkBack(x: number, y: number, trace: readonly Int32Array[]): readonly DiffOp[] {
  const ops: DiffOp[] = [];
  for (let distance = trace.length - 1; distance > 0; distance -= 1) {
    const row = trace[distance - 1] as Int32Array;
    const k = x - y;
    const left = k === -distance ? -1 : at(row, k - 1, distance - 1) + 1;
    const up = k === distance ? -1 : at(row, k + 1, distance - 1);
    const isDrop = left >= up;
    const startX = isDrop ? left : up;
    const startY = startX - k;
    while (x > startX && y > startY) {
      x -= 1;
      y -= 1;
      ops.push({ kind: 'keep', before: x, after: y });
    }
    if (isDrop) {
      x -= 1;
      ops.push({ kind: 'drop', before: x });
    } else {
      y -= 1;
      ops.push({ kind: 'add', after: y });
    }
  }
  while (x > 0 && y > 0) {
    x -= 1;
    y -= 1;
    ops.push({ kind: 'keep', before: x, after: y });
  }
  return ops.reverse();
}

function dropsFirst(ops: readonly DiffOp[]): readonly DiffOp[] {
  const out: DiffOp[] = [];
  let adds: DiffOp[] = [];
  for (const op of ops) {
    if (op.kind === 'add') adds.push(op);
    else if (op.kind === 'drop') out.push(op);
    else {
      out.push(...adds, op);
      adds = [];
    }
  }
  return [...out, ...adds];
}
