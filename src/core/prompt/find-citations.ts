import type { Source } from '../types.ts';

/**
 * Those of the given sources that an answer names, as `path:12`, `path:10-40`, or by the path
 * alone. A line that lies in none of them cites nothing: the model has not seen it.
 */
export function findCitations(answer: string, given: readonly Source[]): readonly Source[] {
  return given.filter((source) => isCited(answer, source));
}

function isCited(answer: string, { path, startLine, endLine }: Source): boolean {
  for (let at = answer.indexOf(path); at >= 0; at = answer.indexOf(path, at + 1)) {
    const before = answer[at - 1] ?? ' ';
    if (/[\p{L}\p{N}_/.-]/u.test(before)) continue;
    const behind = answer.slice(at + path.length, at + path.length + 40);
    if (/^[\p{L}\p{N}_/-]/u.test(behind)) continue;
    const [, from, to] = LINES.exec(behind) ?? [];
    if (from === undefined) return true;
    const first = Number(from);
    const last = to === undefined ? first : Number(to);
    if (first <= endLine && last >= startLine) return true;
  }
  return false;
}

const LINES = /^[`*\])]*(?::|#L|,? \(?lines? )(\d{1,7})(?:\s*[-–]\s*L?(\d{1,7}))?/;
