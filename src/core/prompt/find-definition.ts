import { linesOf } from './render-part.ts';

const MAX_BODY_LINES = 80;
const KEYWORDS =
  'function|class|interface|type|enum|const|let|var|def|fn|func|struct|trait|impl|mod|module|namespace|object|record|protocol|extension|macro_rules!|sub|proc|package';

/**
 * The lines, from 1, in which a file defines a name: from the line itself down to where its body
 * ends by indentation. Without a parser, so it is roughly right; null where nothing looks like it.
 */
export function findDefinition(
  text: string,
  name: string,
): { readonly startLine: number; readonly endLine: number } | null {
  if (!/^[\p{L}_$][\p{L}\p{N}_$.:#-]*$/u.test(name) || !text.includes(lastPart(name))) return null;
  const word = escapePattern(lastPart(name));
  const declared = new RegExp(
    `(?:^|[^\\p{L}\\p{N}_$])(?:${KEYWORDS})\\s+(?:\\([^)]*\\)\\s*)?\\*?${word}(?![\\p{L}\\p{N}_$])`,
    'u',
  );
  const method = new RegExp(
    `^\\s+(?:(?:public|private|protected|static|async|override|readonly|final|get|set)\\s+)*${word}\\s*(?:<[^>]*>)?\\([^;]*\\{\\s*$`,
    'u',
  );
  const lines = linesOf(text);
  let at = lines.findIndex((line) => declared.test(line));
  if (at < 0) at = lines.findIndex((line) => method.test(line));
  if (at < 0) return null;
  return { startLine: at + 1, endLine: endOf(lines, at) + 1 };
}

/** `Cart.total` and `cart::total` are looked for by their last name. */
const lastPart = (name: string): string => name.split(/\.|::|#/).at(-1) ?? name;

/** The last line that is indented deeper, with the closing one at the same depth. */
function endOf(lines: readonly string[], at: number): number {
  const depth = depthOf(lines[at] ?? '');
  let end = at;
  for (let next = at + 1; next < lines.length && next - at < MAX_BODY_LINES; next++) {
    const line = lines[next] ?? '';
    if (line.trim() === '') continue;
    if (depthOf(line) > depth) {
      end = next;
      continue;
    }
    const isClosing = depthOf(line) === depth && /^\s*(?:[)\]}]|end\b)/.test(line);
    if (isClosing) end = next;
    if (!isClosing || !/[({[]\s*$/.test(line)) break;
  }
  return end;
}

const depthOf = (line: string): number => /^[ \t]*/.exec(line)?.[0].length ?? 0;
const escapePattern = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
