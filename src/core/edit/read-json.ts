import { requestsIn } from './json-shapes.ts';
import { refuse } from './refuse.ts';
import { readJsonAt } from './tolerant-json.ts';
import type { Edited, Request } from './types.ts';

/** Reads edits that are given as JSON: alone, between fences, in prose, or one object a line. */
export function readJson(
  text: string,
  readOther: (text: string) => Edited<readonly Request[]>,
): Edited<readonly Request[]> {
  const requests: Request[] = [];
  let isCut = false;
  let from = 0;
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const start = nextStart(text, from);
    if (start < 0) break;
    const read = readJsonAt(text, start);
    const found = read.kind === 'value' ? requestsIn(read.value) : undefined;
    if (found === undefined) {
      isCut ||= read.kind !== 'value' && looksLikeEdits(text.slice(start, start + LOOK_AHEAD));
      from = read.kind === 'value' ? read.end : start + 1;
      if (isCut) break;
      continue;
    }
    if (!found.ok) return found;
    if (read.kind === 'value') from = read.end;
    for (const request of found.value) {
      const other = typeof request === 'string' ? readOther(request) : null;
      if (other !== null && !other.ok) return other;
      requests.push(...(other === null ? [request as Request] : other.value));
    }
  }
  if (isCut) {
    return refuse(
      'malformed',
      'The JSON of the edit cannot be read: it is cut off, or a quote or bracket is missing. Send it again in whole.',
    );
  }
  return { ok: true, value: requests };
}

const MAX_TRIES = 200;
const LOOK_AHEAD = 400;

function nextStart(text: string, from: number): number {
  const rest = text.slice(from);
  const found = /(^|\n)\s*(?:```\w*\s*)?(?=[[{])/.exec(rest);
  if (found === null) {
    const any = rest.search(/\{\s*["'](?:edits|path|file|search)/);
    return any < 0 ? -1 : from + any;
  }
  return from + found.index + found[0].length;
}

export const looksLikeEdits = (text: string): boolean =>
  /["']?(?:path|file|filename|file_path|filePath|edits|changes|files|search|old_string|oldText|old_str|tool_calls|arguments|input|patch|diff)["']?\s*:/.test(
    text,
  );
