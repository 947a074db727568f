/** A file that a request names, with the lines that are meant. */
export type Mention = {
  readonly path: string;
  readonly lines: { readonly from: number; readonly to: number } | null;
};

export type Mentions = {
  readonly files: readonly Mention[];
  /** What was written with an `@` and is no file here. */
  readonly unknown: readonly string[];
};

const MOST_MENTIONS = 20;
const WORD = /@?"([^"\n]+)"|`([^`\n]+)`|[^\s"'`,;()[\]{}<>]+/gu;

/** `@path`, `@path:10-40`, and every path of the workspace that is written out. */
export function findMentions(request: string, paths: readonly string[]): Mentions {
  const known = new Set(paths);
  const files = new Map<string, Mention>();
  const unknown = new Set<string>();
  for (const [raw, quoted, ticked] of request.matchAll(WORD)) {
    const isMarked = raw.startsWith('@') && raw.length > 1;
    const word = (quoted ?? ticked ?? raw.replace(/^@/, '')).replace(/[.:!?…]+$/u, '');
    const { name, lines } = readReference(word.replace(/^\.\//, ''));
    const path = known.has(name) ? name : findEnding(name, isMarked, paths);
    if (path !== null && files.size < MOST_MENTIONS) {
      files.set(path, { path, lines: lines ?? files.get(path)?.lines ?? null });
    } else if (path === null && isMarked) unknown.add(`@${word}`);
  }
  return { files: [...files.values()], unknown: [...unknown] };
}

/** `path`, `path:12` or `path:10-40`. */
export function readReference(word: string): {
  readonly name: string;
  readonly lines: Mention['lines'];
} {
  const [, name = word, from, to] = /^(.+?):(\d{1,7})(?:-(\d{1,7}))?$/.exec(word) ?? [];
  if (from === undefined) return { name: word, lines: null };
  const first = Math.max(1, Number(from));
  return { name, lines: { from: first, to: Math.max(first, Number(to ?? first)) } };
}

/** A name without its folders means a file where only one has it. */
function findEnding(name: string, isMarked: boolean, paths: readonly string[]): string | null {
  if (name === '' || !(isMarked || /\w\.\w+$/.test(name))) return null;
  const found = paths.filter((path) => path.endsWith(`/${name}`));
  return found.length === 1 ? (found[0] as string) : null;
}
