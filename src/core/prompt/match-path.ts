/** What a name means among the paths of a workspace. */
export type PathMatch =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'folder'; readonly path: string; readonly below: readonly string[] }
  | { readonly kind: 'several'; readonly paths: readonly string[] }
  | { readonly kind: 'none' };

/** The path itself, else a folder, else the one file whose path ends with the name. */
export function matchPath(name: string, paths: readonly string[]): PathMatch {
  if (paths.includes(name)) return { kind: 'file', path: name };
  const folder = name.replace(/\/+$/, '');
  const below = folder === '' ? [] : paths.filter((path) => path.startsWith(`${folder}/`));
  if (below.length > 0) return { kind: 'folder', path: folder, below };
  const ending = `/${name}`.toLowerCase();
  const found = paths.filter((path) => `/${path}`.toLowerCase().endsWith(ending));
  const [only] = found;
  if (only === undefined) return { kind: 'none' };
  return found.length === 1 ? { kind: 'file', path: only } : { kind: 'several', paths: found };
}
