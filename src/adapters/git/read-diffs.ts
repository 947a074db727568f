import { posix } from 'node:path';
import type { PendingFile } from '../../core/commit/pending.ts';

/**
 * The patch of each file, without its head: from the first hunk on. Git writes them in the order of
 * their names, as it lists the files; a line that begins one can stand nowhere else.
 */
export function readDiffs(
  text: string,
  folder: string,
  files: readonly PendingFile[],
): ReadonlyMap<string, string> {
  const byName = new Map(files.map(({ path }) => [posix.join(folder, path), path]));
  const found = new Map<string, string>();
  for (const patch of text.split(/^(?=diff --git )/m)) {
    const from = patch.search(/^@@ /m);
    const head = from < 0 ? patch : patch.slice(0, from);
    const name = namesIn(head).find((each) => byName.has(each));
    const path = name === undefined ? undefined : byName.get(name);
    if (path !== undefined && from >= 0) found.set(path, patch.slice(from));
  }
  return found;
}

/** After the change, and before it where nothing is there any more. */
function namesIn(head: string): readonly string[] {
  const names = ['\\+\\+\\+ ', '--- '].flatMap((mark) => {
    const line = new RegExp(`^${mark}(.+?)\\t?$`, 'm').exec(head)?.[1];
    return line === undefined ? [] : [unquote(line)];
  });
  return names.map((name) => name.slice(2));
}

const ESCAPES: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  t: '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
};

/** Names with quotes, control characters or bytes beyond ASCII stand in quotes, as in C. */
function unquote(name: string): string {
  if (!name.startsWith('"') || !name.endsWith('"')) return name;
  const bytes: number[] = [];
  const inner = name.slice(1, -1);
  for (let at = 0; at < inner.length; at++) {
    const octal = /^\\([0-7]{3})/.exec(inner.slice(at, at + 4))?.[1];
    if (octal !== undefined) {
      bytes.push(Number.parseInt(octal, 8));
      at += 3;
    } else if (inner[at] === '\\') {
      at += 1;
      const sign = inner[at] ?? '';
      bytes.push(...Buffer.from(ESCAPES[sign] ?? sign));
    } else bytes.push(...Buffer.from(inner[at] ?? ''));
  }
  return Buffer.from(bytes).toString('utf8');
}
