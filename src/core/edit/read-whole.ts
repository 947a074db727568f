import { contentOf, type Fence, readFences } from './fences.ts';
import { fenceFile, fileNameLine, type IsKnown, knownFiles, mentionedFile } from './file-names.ts';
import { refuse } from './refuse.ts';
import { linesOf } from './text-lines.ts';
import type { Edited, Request } from './types.ts';

/**
 * Reads files that are given in whole: a fence under the name of its file, or `<file path="…">`.
 * `isAsked`: whole files are what the reply was asked for, so that a fence is no mere quotation.
 */
export function readWhole(
  lines: readonly string[],
  isKnown: IsKnown,
  isAsked: boolean,
): Edited<readonly Request[]> {
  const tagged = readFileTags(lines.join('\n'));
  if (tagged !== null) return tagged;
  const requests: Request[] = [];
  let previousEnd = 0;
  for (const fence of readFences(lines)) {
    const content = contentOf(lines, fence);
    const above = nameAbove(lines, previousEnd, fence.start, isKnown, isAsked);
    const label = labelOf(content, isKnown);
    const named = fenceFile(fence.info, isKnown) ?? above?.name;
    const mentioned = named === undefined ? above?.mentioned : undefined;
    const path = named ?? mentioned ?? label;
    previousEnd = fence.end + 1;
    if (path === null) continue;
    if (!fence.isClosed) {
      return refuse(
        'malformed',
        `${path}: the file has no closing fence, so the reply may be cut off. Send the whole file.`,
        { path },
      );
    }
    requests.push({
      kind: 'whole',
      path,
      lines: content,
      ...(isAsked ? {} : { isPerhapsQuoted: true }),
      ...(mentioned === undefined ? {} : { isMentioned: true }),
      ...(named === undefined && mentioned === undefined ? { hasLabel: true } : {}),
    });
  }
  const [only, second] = readFences(lines);
  if (requests.length === 0 && only !== undefined && second === undefined) {
    const isMeant = isAsked || announcesWhole(lines, only.start);
    if (isMeant) return unnamed(lines, only, isKnown, isAsked);
  }
  return endsOddly(lines, requests) ?? { ok: true, value: requests };
}

/** The only fence of a reply that gives a file: the prose names it, or the workspace has no other. */
function unnamed(
  lines: readonly string[],
  fence: Fence,
  isKnown: IsKnown,
  isAsked: boolean,
): Edited<readonly Request[]> {
  if (!fence.isClosed) {
    return refuse(
      'malformed',
      'The file has no closing fence, so the reply may be cut off. Send the whole file.',
    );
  }
  const prose = [...lines.slice(0, fence.start), ...lines.slice(fence.end + 1)];
  const named = new Set(prose.flatMap((line) => knownFiles(line, isKnown)));
  const path = named.size === 1 ? ([...named][0] ?? null) : null;
  const content = { lines: contentOf(lines, fence), ...(isAsked ? {} : { isPerhapsQuoted: true }) };
  return { ok: true, value: [{ kind: 'whole', path, isGuess: true, ...content }] };
}

function announcesWhole(lines: readonly string[], fence: number): boolean {
  const above = lines.slice(0, fence).findLast((line) => line.trim() !== '') ?? '';
  return /:\s*(\*\*)?$/.test(above.trim()) && SAYS_WHOLE.test(above);
}

/** A bare fence inside of Markdown ends the file early; what is left over then has an odd fence. */
function endsOddly(
  lines: readonly string[],
  requests: readonly Request[],
): Edited<readonly Request[]> | null {
  const hasProse = requests.some(({ path }) => /\.(md|mdx|markdown|rst|txt)$/i.test(path ?? ''));
  if (!hasProse) return null;
  const fences = readFences(lines);
  const isOdd = fences.some(
    ({ isClosed, info, start }) => !isClosed || (info === '' && !isNamed(lines, start)),
  );
  if (!isOdd) return null;
  return refuse(
    'malformed',
    'It is not clear where the file ends, since fences stand inside of its fence. Put the file between fences of four backticks.',
  );
}

const isNamed = (lines: readonly string[], fence: number): boolean =>
  lines
    .slice(Math.max(0, fence - 2), fence)
    .some((line) => fileNameLine(line, () => false) !== null);

const SAYS_WHOLE =
  /\b(full|complete|whole|entire|updated?|rewritten|new version|new file|create|final)\b/i;

function nameAbove(
  lines: readonly string[],
  from: number,
  fence: number,
  isKnown: IsKnown,
  isAsked: boolean,
): { readonly name?: string; readonly mentioned?: string } | null {
  const above: string[] = [];
  for (let at = fence - 1; at >= from && above.length < 2; at -= 1) {
    const line = (lines[at] as string).trim();
    if (line !== '') above.push(line);
  }
  for (const line of above.slice(0, 1)) {
    const named =
      fileNameLine(line, isKnown) ??
      (/^#\s*\S+$/.test(line) ? fileNameLine(line.slice(1), isKnown) : null);
    if (named !== null) return { name: named };
  }
  const [nearest = ''] = above;
  const isAnnounced = /:\s*(\*\*)?$/.test(nearest) && (isAsked || SAYS_WHOLE.test(nearest));
  const mentioned = isAnnounced ? mentionedFile(nearest, isKnown) : null;
  return mentioned === null ? null : { mentioned };
}

/** A first line that is nothing but a comment with the name of a file. */
function labelOf(content: readonly string[], isKnown: IsKnown): string | null {
  const first = content[0] ?? '';
  const found =
    /^(?:\/\/|#|--|;|<!--|\/\*)\s*(?:file(?:name|path)?:\s*)?(\S+\.\w+|\S+\/\S+)\s*(?:-->|\*\/)?$/i.exec(
      first.trim(),
    );
  const name = found === null ? null : fileNameLine(found[1] ?? '', isKnown);
  if (name === null || isKnown(name)) return name;
  // `#!/bin/sh` and `# and/or` name nothing that is to be made.
  return /^(?:[\w@.()[\]-]+\/)+[\w@.()[\]-]+\.[A-Za-z]\w{0,9}$/.test(name) ? name : null;
}

const FILE_TAG = /<(file|document|new_file|write_file|write_to_file|create_file)\b([^>\n]*)>/gi;
const MAX_FILES = 500;

function readFileTags(text: string): Edited<readonly Request[]> | null {
  const requests: Request[] = [];
  const tag = new RegExp(FILE_TAG);
  for (
    let open = tag.exec(text);
    open !== null && requests.length < MAX_FILES;
    open = tag.exec(text)
  ) {
    const attribute = /(?:path|name|file|file_?path)=["']([^"'\n]+)["']/i.exec(open[2] ?? '')?.[1];
    const isAtStart = /^[ \t]*$/.test(
      text.slice(text.lastIndexOf('\n', open.index) + 1, open.index),
    );
    if (!isAtStart) continue;
    const close = text.indexOf(`</${open[1]}>`, tag.lastIndex);
    if (close < 0) {
      if (attribute === undefined) break;
      return refuse(
        'malformed',
        `${attribute}: the file has no closing tag, so the reply may be cut off. Send the whole file.`,
        { path: attribute },
      );
    }
    const request = fileIn(text.slice(tag.lastIndex, close), attribute);
    if (request !== null) requests.push(request);
    tag.lastIndex = close;
  }
  return requests.length > 0 ? { ok: true, value: requests } : null;
}

function fileIn(body: string, attribute: string | undefined): Request | null {
  const inner = /^\s*<(?:path|file_?path|file_?name)>\s*([^<\n]+?)\s*<\//i.exec(body)?.[1];
  const start = /<(content|contents|code)>\n?/i.exec(body);
  const end = start === null ? -1 : body.lastIndexOf(`</${start[1]}>`);
  const content =
    start === null || end < 0 ? undefined : body.slice(start.index + start[0].length, end);
  const path = attribute ?? inner;
  if (path === undefined || (attribute === undefined && content === undefined)) return null;
  const lines = attribute === undefined ? linesOf(content ?? '') : linesOf(body.replace(/^\n/, ''));
  return { kind: 'whole', path, lines: unfence(lines) };
}

function unfence(lines: readonly string[]): readonly string[] {
  const isFenced = /^```[\w-]*\s*$/.test(lines[0] ?? '') && /^```\s*$/.test(lines.at(-1) ?? '');
  return isFenced ? lines.slice(1, -1) : lines;
}
