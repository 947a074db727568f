import { findMentions, type LineRange, readReference } from '../prompt/find-mentions.ts';
import { matchPath } from '../prompt/match-path.ts';

/** What a request names in the workspace. */
export type Named = {
  readonly files: readonly NamedFile[];
  readonly folders: readonly string[];
  /** What is no path: perhaps something in the code. */
  readonly symbols: readonly string[];
  /** What could be several files. */
  readonly unclear: readonly string[];
};
export type NamedFile = { readonly path: string; readonly lines: LineRange | null };

const MOST_FILES = 20;
const WORD = /"[^"\n]+"|`[^`\n]+`|[^\s"'`,;()[\]{}<>]+/gu;

/** `@path`, `@path:10-40`, `@name`, and every path of the workspace that is written out. */
export function findNamedFiles(request: string, paths: readonly string[]): Named {
  const files = new Map<string, NamedFile>();
  const folders = new Set<string>();
  const symbols = new Set<string>();
  const unclear: string[] = [];
  for (const { raw, name, lines } of findMentions(request)) {
    const found = matchPath(name, paths);
    if (found.kind === 'file') files.set(found.path, { path: found.path, lines });
    else if (found.kind === 'folder') folders.add(found.path);
    else if (found.kind === 'none') symbols.add(name);
    else unclear.push(`${raw} could be ${found.paths.slice(0, 4).join(', ')}.`);
  }
  const known = new Set(paths);
  for (const [raw] of request.matchAll(WORD)) {
    if (files.size >= MOST_FILES) break;
    const word = raw.replace(/^["`]|["`]$/g, '').replace(/[.:!?…]+$/u, '');
    const { name, lines } = readReference(word);
    const path = known.has(name) ? name : onlyOneNamed(name, paths);
    if (path !== null && !files.has(path)) files.set(path, { path, lines });
  }
  return { files: [...files.values()], folders: [...folders], symbols: [...symbols], unclear };
}

/** A name without its folders means a file where only one has it. */
function onlyOneNamed(name: string, paths: readonly string[]): string | null {
  if (!/\w\.\w+$/.test(name)) return null;
  const found = paths.filter((path) => path.endsWith(`/${name}`));
  return found.length === 1 ? (found[0] as string) : null;
}
