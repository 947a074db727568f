import { fileNameLine, type IsKnown } from './file-names.ts';
import { linesOf } from './text-lines.ts';
import type { Request } from './types.ts';

const PAIR =
  /<(search|find|old|old_str|old_string|old_text|original)>\n?([\s\S]*?)<\/\1>\s*<(replace|replacement|new|new_str|new_string|new_text|updated)>\n?([\s\S]*?)<\/\3>/gi;

/** Reads `<search>…</search><replace>…</replace>`, with the file in a tag above. */
export function readTags(text: string, isKnown: IsKnown): readonly Request[] {
  const requests: Request[] = [];
  let from = 0;
  let path: string | null = null;
  for (const found of text.matchAll(PAIR)) {
    path = nameAbove(text.slice(from, found.index), isKnown) ?? path;
    from = found.index + found[0].length;
    const [search, replacement] = [linesOf(found[2] ?? ''), linesOf(found[4] ?? '')];
    const hunk = { readings: [{ search, replacement }] as const, isInline: true };
    requests.push({ kind: 'hunks', path, hunks: [hunk], isOrdered: false });
  }
  return requests;
}

function nameAbove(text: string, isKnown: IsKnown): string | null {
  const tags = [
    ...text.matchAll(
      /<(?:path|file|file_?path|file_?name)>\s*([^<\n]+?)\s*<\/\w+>|<\w+[^>\n]*?\b(?:path|file|name|file_?path|file_?name)=["']([^"'\n]+)["']/gi,
    ),
  ];
  const last = tags.at(-1);
  if (last) return last[1] ?? last[2] ?? null;
  const lines = text.trimEnd().split('\n').slice(-4).reverse();
  for (const line of lines) {
    const named = fileNameLine(line, isKnown);
    if (named !== null) return named;
  }
  return null;
}
