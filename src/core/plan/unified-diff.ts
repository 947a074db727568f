import type { Content, FileReview, Hunk } from '../types.ts';

/** A file's change as a unified diff with three lines around each hunk. */
export function unifiedDiff({ path, movedFrom, before, after, hunks }: FileReview): string {
  const head = [
    `--- ${before === null ? '/dev/null' : `a/${movedFrom ?? path}`}\n`,
    `+++ ${after === null ? '/dev/null' : `b/${path}`}\n`,
  ].join('');
  if (isBinary(before) || isBinary(after)) return `${head}Binary files differ\n`;
  if (hunks.length === 0) return head;
  const lines = linesOf((before as string | null) ?? '');
  return (
    head +
    groupHunks(hunks)
      .map((group) => drawGroup(lines, hunks, group))
      .join('')
  );
}

const AROUND = 3;

const isBinary = (content: Content | null): boolean =>
  content !== null && typeof content !== 'string';

/** Lines with their ends; the last one may have none. */
const linesOf = (text: string): readonly string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

/** Hunks whose surroundings touch are drawn as one. */
function groupHunks(hunks: readonly Hunk[]): readonly (readonly Hunk[])[] {
  const groups: Hunk[][] = [];
  for (const hunk of hunks) {
    const last = groups.at(-1)?.at(-1);
    const isNear =
      last !== undefined &&
      hunk.beforeStart - (last.beforeStart + last.beforeLines.length) <= 2 * AROUND;
    if (isNear) groups.at(-1)?.push(hunk);
    else groups.push([hunk]);
  }
  return groups;
}

function drawGroup(lines: readonly string[], all: readonly Hunk[], group: readonly Hunk[]): string {
  const first = group[0] as Hunk;
  const last = group.at(-1) as Hunk;
  const from = Math.max(1, first.beforeStart - AROUND);
  const end = Math.min(lines.length + 1, last.beforeStart + last.beforeLines.length + AROUND);
  const shift = first.afterStart - first.beforeStart;
  const rows: string[] = [];
  let at = from;
  let afterCount = 0;
  const context = (until: number) => {
    for (; at < until; at += 1) {
      rows.push(row(' ', lines[at - 1] ?? ''));
      afterCount += 1;
    }
  };
  for (const hunk of group) {
    context(hunk.beforeStart);
    for (const line of hunk.beforeLines) rows.push(row('-', line));
    for (const line of hunk.afterLines) rows.push(row('+', line));
    at += hunk.beforeLines.length;
    afterCount += hunk.afterLines.length;
  }
  context(end);
  const beforeCount = end - from;
  const beforeAt = beforeCount === 0 ? from - 1 : from;
  const afterAt = afterCount === 0 ? from + shift - 1 : from + shift;
  const number = all.indexOf(first) + 1;
  const numbers =
    group.length === 1 ? `hunk ${number}` : `hunks ${number} to ${number + group.length - 1}`;
  return `@@ -${beforeAt},${beforeCount} +${afterAt},${afterCount} @@ ${numbers}\n${rows.join('')}`;
}

const row = (mark: string, line: string): string =>
  line.endsWith('\n') ? `${mark}${line}` : `${mark}${line}\n\\ No newline at end of file\n`;
