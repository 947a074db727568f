/** A fenced block of a reply; `end` is the line of its closing fence, or behind the last line. */
export type Fence = {
  readonly start: number;
  readonly end: number;
  readonly info: string;
  readonly isClosed: boolean;
  /** Fences stand inside of it, so that its end could be another. */
  readonly isNested: boolean;
  readonly indent: number;
};

const FENCE = /^(\s*)(`{3,}|~{3,})\s*([^`]*)$/;

export function readFences(lines: readonly string[]): readonly Fence[] {
  const fences: Fence[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const open = FENCE.exec(lines[at] as string);
    if (open === null) continue;
    const fence = readFence(lines, at, open);
    fences.push(fence);
    at = fence.end;
  }
  return fences;
}

/** A fence with a language inside of a fence opens another, which the next bare one closes. */
function readFence(lines: readonly string[], start: number, open: RegExpExecArray): Fence {
  const [, indent = '', marks = '', info = ''] = open;
  let depth = 1;
  let isNested = false;
  for (let at = start + 1; at < lines.length; at += 1) {
    const found = FENCE.exec(lines[at] as string);
    if (found === null || found[2]?.[0] !== marks[0]) continue;
    if ((found[2]?.length ?? 0) < marks.length) continue;
    if ((found[3] ?? '').trim() !== '') {
      depth += 1;
      isNested = true;
    } else {
      depth -= 1;
    }
    if (depth > 0) continue;
    return { start, end: at, info: info.trim(), isClosed: true, isNested, indent: indent.length };
  }
  return {
    start,
    end: lines.length,
    info: info.trim(),
    isClosed: false,
    isNested,
    indent: indent.length,
  };
}

export function contentOf(
  lines: readonly string[],
  { start, end, indent }: Fence,
): readonly string[] {
  const inner = lines.slice(start + 1, end);
  const isInset =
    indent > 0 && inner.every((line) => line.trim() === '' || line.slice(0, indent).trim() === '');
  return isInset ? inner.map((line) => line.slice(indent)) : inner;
}
