import type { IsKnown } from './file-names.ts';
import { isPatchLine, readApplyPatch } from './read-apply-patch.ts';
import { looksLikeEdits, readJson } from './read-json.ts';
import { readSearchReplace } from './read-search-replace.ts';
import { readTags } from './read-tags.ts';
import { isDiffHeader, readUdiff } from './read-udiff.ts';
import { readWhole } from './read-whole.ts';
import { refuse } from './refuse.ts';
import { isOpener, readBlock } from './search-block.ts';
import { stripReply } from './strip-reply.ts';
import type { Edited, EditFormat, Request } from './types.ts';

/**
 * What a model's reply asks for: nothing is looked up, applied or changed. `paths` are the files
 * of the workspace, so that names without a dot or with a blank are known as such.
 */
export function readReply(
  reply: string,
  format: EditFormat,
  paths: readonly string[],
): Edited<readonly Request[]> {
  if (reply.length > MAX_REPLY) {
    return refuse(
      'malformed',
      `The reply is longer than ${MAX_REPLY} characters. Send fewer edits.`,
    );
  }
  const text = stripReply(reply);
  if (text === null) {
    return refuse('malformed', 'The reply ends while the model still thinks; it holds no answer.');
  }
  const known = new Set(paths);
  const isKnown: IsKnown = (path) => known.has(path);
  const requests = readAs(format, text, isKnown);
  if (!requests.ok || countEdits(requests.value) <= MAX_EDITS) return requests;
  return refuse('malformed', `The reply holds more than ${MAX_EDITS} edits. Send fewer at once.`);
}

const countEdits = (requests: readonly Request[]): number =>
  requests.reduce((sum, request) => sum + (request.kind === 'hunks' ? request.hunks.length : 1), 0);

const MAX_REPLY = 8_000_000;
const MAX_EDITS = 2000;

function readAs(format: EditFormat, text: string, isKnown: IsKnown): Edited<readonly Request[]> {
  const lines = text.split('\n');
  const read = readFormat(format, text, lines, isKnown);
  if (!read.ok || read.value.length > 0 || format === 'auto') return read;
  // Asked for one form, models answer in another; a quotation alone is then no edit.
  const found = detect(lines, text);
  return found === null || found === format ? read : readFormat(found, text, lines, isKnown);
}

function readFormat(
  format: EditFormat,
  text: string,
  lines: readonly string[],
  isKnown: IsKnown,
): Edited<readonly Request[]> {
  switch (format) {
    case 'search-replace': {
      const read = readSearchReplace(lines, isKnown);
      return read.ok && read.value.length === 0
        ? { ok: true, value: readTags(text, isKnown) }
        : read;
    }
    case 'udiff':
      return readUdiff(lines, isKnown);
    case 'apply-patch':
      return readApplyPatch(lines, isKnown);
    case 'whole':
      return readWhole(lines, isKnown, true);
    case 'json':
      return readJson(text, (inner) => readAs('auto', inner, isKnown));
    case 'auto':
      return readAny(text, lines, isKnown);
  }
}

function readAny(
  text: string,
  lines: readonly string[],
  isKnown: IsKnown,
): Edited<readonly Request[]> {
  const format = detect(lines, text);
  if (format === null) return readWhole(lines, isKnown, false);
  const read = readFormat(format, text, lines, isKnown);
  if (!read.ok || (format !== 'search-replace' && format !== 'udiff')) return read;
  const whole = readWhole(withoutBlocks(lines), isKnown, false);
  if (!whole.ok) return read;
  const named = new Set(read.value.map(({ path }) => path));
  // A new file may stand in whole beside the edits of others.
  const added = whole.value.flatMap((request) => {
    if (request.kind !== 'whole') return [];
    return [named.has(request.path) ? { ...request, isWitness: true } : request];
  });
  return { ok: true, value: [...read.value, ...added] };
}

type Marked = 'search-replace' | 'udiff' | 'apply-patch' | 'json';

/** The form whose mark comes first: what stands inside of an edit may look like another. */
function detect(lines: readonly string[], text: string): Marked | null {
  for (const [at, line] of lines.entries()) {
    if (isPatchLine(line)) return 'apply-patch';
    if (isOpener(lines, at) || /^\s*<(search|old_string|old_str|find)>/i.test(line))
      return 'search-replace';
    if (isDiffHeader(lines, at) || /^diff --git /.test(line) || /^@@+ -\d+(,\d+)? \+\d+/.test(line))
      return 'udiff';
    const isJson = /^\s*(?:```\w*\s*)?[[{]\s*(["'{[]|$)/.test(line);
    if (isJson && looksLikeEdits(lines.slice(at, at + 12).join('\n')) && holdsJsonEdits(text))
      return 'json';
  }
  return null;
}

function holdsJsonEdits(text: string): boolean {
  const read = readJson(text, () => ({ ok: true, value: [{ kind: 'delete', path: '' }] }));
  return !read.ok || read.value.length > 0;
}

/** The lines of a reply with its blocks, and its fences of diffs, blanked out. */
function withoutBlocks(all: readonly string[]): readonly string[] {
  const lines = withoutSearchBlocks(all);
  const out: string[] = [];
  let fence: string[] | null = null;
  for (const line of lines) {
    if (/^\s*```/.test(line)) {
      if (fence === null) {
        fence = [line];
        continue;
      }
      fence.push(line);
      const isEdit = fence.some((inner) => /^(<{5,9}|>{5,9}|@@|\+\+\+ )/.test(inner));
      const isEmpty = fence.slice(1, -1).every((inner) => inner.trim() === '');
      out.push(...(isEdit || isEmpty ? [''] : fence));
      fence = null;
    } else if (fence === null) out.push(line);
    else fence.push(line);
  }
  return [...out, ...(fence ?? [])];
}

/** Fences inside of a search/replace block are its content, and pair with none outside. */
function withoutSearchBlocks(lines: readonly string[]): readonly string[] {
  const out = [...lines];
  for (let at = 0; at < lines.length; at += 1) {
    if (!isOpener(lines, at)) continue;
    const block = readBlock(lines, at, () => false);
    if (!block.ok) break;
    out.fill('', at, block.value.end + 1);
    at = block.value.end;
  }
  return out;
}
