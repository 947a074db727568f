import type { Hunk } from '../types.ts';
import { splitLines } from './lines.ts';

/** The text that comes of those hunks that are taken; the others leave their lines as they were. */
export function applyHunks(
  before: string,
  hunks: readonly Hunk[],
  isTaken: (index: number) => boolean,
): string {
  const lines = splitLines(before);
  const parts: string[] = [];
  let at = 0;
  hunks.forEach((hunk, index) => {
    const start = hunk.beforeStart - 1;
    if (start < at || !stands(lines, hunk)) {
      throw new Error(`Hunk ${index + 1} does not belong to this text.`);
    }
    parts.push(...lines.slice(at, start), ...(isTaken(index) ? hunk.afterLines : hunk.beforeLines));
    at = start + hunk.beforeLines.length;
  });
  return [...parts, ...lines.slice(at)].join('');
}

const stands = (lines: readonly string[], { beforeStart, beforeLines }: Hunk): boolean =>
  beforeLines.every((line, index) => lines[beforeStart - 1 + index] === line);
