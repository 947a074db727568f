import { fileNameLine, type IsKnown } from './file-names.ts';
import { linesOf } from './text-lines.ts';
import type { Request } from './types.ts';

const OPEN =
  /<(search|find|old|old_str|old_string|old_text|original|replace|replacement|new|new_str|new_string|new_text|updated)>\n?/gi;
const REPLACES = /^(replace|replacement|new|new_str|new_string|new_text|updated)$/i;

/** Reads `<search>…</search><replace>…</replace>`, with the file in a tag above. */
export function readTags(text: string, isKnown: IsKnown): readonly Request[] {
  const requests: Request[] = [];
  let path: string | null = null;
  let from = 0;
  let search: string | null = null;
  const open = new RegExp(OPEN);
  for (let found = open.exec(text); found !== null; found = open.exec(text)) {
    const close = text.indexOf(`</${found[1]}>`, open.lastIndex);
    if (close < 0) break;
    const inner = text.slice(open.lastIndex, close);
    open.lastIndex = close;
    if (!REPLACES.test(found[1] ?? '')) {
      path = nameAbove(text.slice(from, found.index), isKnown) ?? path;
      search = inner;
    } else if (search !== null) {
      const readings = [{ search: linesOf(search), replacement: linesOf(inner) }] as const;
      const hunk = { readings, isInline: true };
      requests.push({ kind: 'hunks', path, hunks: [hunk], isOrdered: false });
      search = null;
    }
    from = close;
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
