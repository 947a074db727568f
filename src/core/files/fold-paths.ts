/** A file, or a folder with the number of files below it. */
export type FoldedPath = { readonly path: string; readonly files?: number };

const MOST_DEPTH = 12;

/**
 * Paths as a list that is short enough: folders too deep for it stand for all that they hold. With
 * one level it may still be too long.
 */
export function foldPaths(
  paths: readonly string[],
  folder: string,
  isShort: (folded: readonly FoldedPath[]) => boolean,
): readonly FoldedPath[] {
  let best = foldAt(paths, folder, 1);
  for (let depth = 2; depth <= MOST_DEPTH; depth += 1) {
    const deeper = foldAt(paths, folder, depth);
    if (!isShort(deeper)) break;
    best = deeper;
  }
  return best;
}

function foldAt(paths: readonly string[], folder: string, depth: number): readonly FoldedPath[] {
  const start = folder === '' ? 0 : folder.split('/').length;
  const folders = new Map<string, number>();
  const files: FoldedPath[] = [];
  for (const path of paths) {
    const parts = path.split('/');
    if (parts.length - start <= depth) {
      files.push({ path });
      continue;
    }
    const above = `${parts.slice(0, start + depth).join('/')}/`;
    folders.set(above, (folders.get(above) ?? 0) + 1);
  }
  const folded = [...folders].map(([path, count]) => ({ path, files: count }));
  return [...folded, ...files].sort((one, two) => (one.path < two.path ? -1 : 1));
}
