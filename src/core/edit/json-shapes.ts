import { isBlank } from './canonical.ts';
import { refuse } from './refuse.ts';
import { linesOf } from './text-lines.ts';
import type { Edited, Hunk, Reading, Request } from './types.ts';

/** The many shapes in which models put edits into JSON, and the requests that they are. */

type Fields = Readonly<Record<string, unknown>>;
const NESTING = [
  'edits',
  'changes',
  'operations',
  'files',
  'patches',
  'replacements',
  'modifications',
  'tool_calls',
  'updates',
  'blocks',
  'actions',
];
const WRAPPING = ['arguments', 'args', 'parameters', 'input', 'params', 'function'];
const MAX_DEPTH = 8;

/** Undefined: the value says nothing of edits. A string: a patch of another form, to be read so. */
export function requestsIn(
  value: unknown,
  path: string | null = null,
  depth = 0,
): Edited<readonly (Request | string)[]> | undefined {
  if (depth > MAX_DEPTH) return undefined;
  if (Array.isArray(value)) return collect(value.map((item) => requestsIn(item, path, depth + 1)));
  if (!isFields(value)) return undefined;
  const own =
    textOf(value, [
      'path',
      'file',
      'filename',
      'file_path',
      'filePath',
      'filepath',
      'fileName',
      'file_name',
      'target_file',
      'targetFile',
      'target',
      'relative_path',
    ]) ?? path;
  for (const key of WRAPPING) {
    const inner = parsed(value[key]);
    if (inner !== undefined && !isEdit(value)) {
      const found = requestsIn(inner, own, depth + 1);
      if (found !== undefined) return found;
    }
  }
  const single = readEdit(value, own);
  if (single !== undefined) return single;
  const patch =
    textOf(value, ['patch', 'diff', 'udiff']) ??
    (typeof value.input === 'string' ? value.input : undefined);
  if (patch !== undefined && /^(\*\*\* |--- |diff --git|@@|<{5,})/m.test(patch))
    return { ok: true, value: [patch] };
  const nested = NESTING.flatMap((key) => {
    const inner = value[key];
    if (Array.isArray(inner)) return [requestsIn(inner, own, depth + 1)];
    if (!isFields(inner)) return [];
    return [key === 'files' ? filesIn(inner) : requestsIn(inner, own, depth + 1)];
  });
  return collect(nested);
}

/** An empty list is a reply that says that there is nothing to do. */
function collect(
  found: readonly (Edited<readonly (Request | string)[]> | undefined)[],
): Edited<readonly (Request | string)[]> | undefined {
  const requests: (Request | string)[] = [];
  let isAny = found.length === 0;
  for (const one of found) {
    if (one === undefined) continue;
    if (!one.ok) return one;
    isAny = true;
    requests.push(...one.value);
  }
  return isAny ? { ok: true, value: requests } : undefined;
}

const SEARCH = [
  'search',
  'old_string',
  'oldString',
  'old_str',
  'oldText',
  'old_text',
  'old',
  'find',
  'before',
  'original',
  'searchText',
  'search_text',
  'old_code',
  'oldCode',
  'from_text',
  'searchBlock',
  'target_text',
];
const REPLACE = [
  'replace',
  'new_string',
  'newString',
  'new_str',
  'newText',
  'new_text',
  'new',
  'replacement',
  'after',
  'updated',
  'replaceText',
  'replace_text',
  'new_code',
  'newCode',
  'replaceWith',
  'replace_with',
  'to_text',
  'replaceBlock',
  'with',
];
const CONTENT = [
  'content',
  'contents',
  'file_text',
  'text',
  'body',
  'new_content',
  'newContent',
  'code',
  'full_content',
];

const isEdit = (value: Fields): boolean =>
  textOf(value, SEARCH) !== undefined || textOf(value, CONTENT) !== undefined;

function readEdit(value: Fields, path: string | null): Edited<readonly Request[]> | undefined {
  const action = String(
    value.action ?? value.op ?? value.operation ?? value.type ?? value.kind ?? value.command ?? '',
  ).toLowerCase();
  const search = textOf(value, SEARCH);
  const replacement = textOf(value, REPLACE);
  if (
    /^(delete|remove)(_?file)?$/.test(action) ||
    value.delete === true ||
    value.deleted === true
  ) {
    if (search === undefined) return path === null ? undefined : one({ kind: 'delete', path });
  }
  const moveTo = textOf(value, [
    'to',
    'new_path',
    'newPath',
    'move_to',
    'moveTo',
    'destination',
    'rename_to',
  ]);
  const from = textOf(value, ['from', 'old_path', 'oldPath', 'source']) ?? path;
  if (/^(move|rename)(_?file)?$/.test(action) && moveTo !== undefined && from !== null) {
    return one({ kind: 'move', path: from, moveTo });
  }
  if (search !== undefined && replacement !== undefined) {
    return readPair(value, path, search, replacement);
  }
  if (
    search !== undefined ||
    (replacement !== undefined && path !== null && !isContentOnly(value))
  ) {
    const isDeletion = search !== undefined && /^(delete|remove)/.test(action);
    if (isDeletion) return readPair(value, path, search, '');
    return refuse(
      'malformed',
      `${path ?? 'An edit'}: the edit has ${search === undefined ? 'no search' : 'no replacement'}. Send both.`,
    );
  }
  const content = textOf(value, CONTENT);
  if (content === undefined || path === null || Array.isArray(value.edits)) return undefined;
  const lines = linesOf(content);
  const isNew = /^(create|add|new)(_?file)?$/.test(action);
  return one(isNew ? { kind: 'create', path, lines } : { kind: 'whole', path, lines });
}

const isContentOnly = (value: Fields): boolean => textOf(value, CONTENT) !== undefined;

const one = (request: Request): Edited<readonly Request[]> => ({ ok: true, value: [request] });

function readPair(
  value: Fields,
  path: string | null,
  search: string,
  replacement: string,
): Edited<readonly Request[]> {
  const line = value.line ?? value.start_line ?? value.startLine ?? value.line_number;
  const hunk: Hunk = {
    readings: readingsOf(search, replacement),
    isInline: true,
    ...(typeof line === 'number' ? { line } : {}),
    ...(value.replace_all === true || value.replaceAll === true || value.all === true
      ? { isForAll: true }
      : {}),
  };
  return one({ kind: 'hunks', path, hunks: [hunk], isOrdered: false });
}

/** As written; and where a newline was escaped twice, as it was meant. */
function readingsOf(search: string, replacement: string): [Reading, ...Reading[]] {
  const plain: Reading = { search: linesOf(search), replacement: linesOf(replacement) };
  const isTwice =
    /\\n/.test(search) && !search.trimEnd().includes('\n') && !replacement.trimEnd().includes('\n');
  if (!isTwice) return [plain];
  return [
    plain,
    { search: linesOf(unescapeTwice(search)), replacement: linesOf(unescapeTwice(replacement)) },
  ];
}

const unescapeTwice = (text: string): string =>
  text.replace(/\\([nt"'\\])/g, (_, char: string) =>
    char === 'n' ? '\n' : char === 't' ? '\t' : char,
  );

function filesIn(files: Fields): Edited<readonly (Request | string)[]> | undefined {
  const found = Object.entries(files).map(([path, value]) => {
    if (value === null) return one({ kind: 'delete', path });
    if (typeof value === 'string') return one({ kind: 'whole', path, lines: linesOf(value) });
    return requestsIn(value, path, 1);
  });
  return collect(found);
}

/** A text, or the lines of one. */
function textOf(value: Fields, keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const found = value[key];
    if (typeof found === 'string') return found;
    const isLines = Array.isArray(found) && found.every((line) => typeof line === 'string');
    if (isLines && (found.length > 0 || !NESTING.includes(key))) return found.join('\n');
  }
  return undefined;
}

/** Arguments of a tool call often come as text. */
function parsed(value: unknown): unknown {
  if (isFields(value) || Array.isArray(value)) return value;
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value) || isBlank(value)) return undefined;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
