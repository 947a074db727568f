import { isBlank } from './canonical.ts';
import { refuseEmptySearch } from './explain.ts';
import { cleanPath, repairPath, sameName } from './paths.ts';
import { refuse } from './refuse.ts';
import { linesOf } from './text-lines.ts';
import type { Edited, EditView, Request } from './types.ts';

/** What is asked of one file of the workspace, under the path that it has there. */
export type Aimed = { readonly path: string; readonly requests: readonly Request[] };

/** Finds the file that each request means, and puts those of one file together. */
export function aimRequests(
  requests: readonly Request[],
  view: EditView,
): Edited<readonly Aimed[]> {
  const groups = new Map<string, Request[]>();
  for (const request of requests) {
    const path = aim(request, view);
    if (!path.ok) return path;
    if (view.isProtected(path.value)) {
      return refuse('protected', `${path.value} is protected; no edit may touch it.`, {
        path: path.value,
      });
    }
    const group = groups.get(path.value);
    if (group === undefined) groups.set(path.value, [request]);
    else group.push(request);
  }
  return { ok: true, value: [...groups].map(([path, of]) => ({ path, requests: of })) };
}

/** The paths whose texts must be loaded before the requests can be applied. */
export function pathsToLoad(
  requests: readonly Request[],
  paths: readonly string[],
): readonly string[] {
  const wanted = new Set<string>();
  for (const request of requests) {
    const moves = request.kind === 'move' || request.kind === 'hunks' ? request.moveTo : undefined;
    for (const raw of [pathOf(request, paths), moves]) {
      const clean = raw === undefined || raw === null ? null : cleanPath(raw);
      if (!clean?.ok) continue;
      wanted.add(clean.value);
      if (paths.includes(clean.value)) continue;
      const repaired = repairPath(clean.value, { paths, exists: () => false });
      if (repaired.ok) wanted.add(repaired.value);
    }
  }
  return [...wanted];
}

/** Without a name the only file of the workspace is meant. */
const pathOf = ({ path }: Request, paths: readonly string[]): string | null =>
  path ?? (paths.length === 1 ? (paths[0] ?? null) : null);

function aim(request: Request, view: EditView): Edited<string> {
  const raw = pathOf(request, view.paths);
  if (raw === null) {
    return refuseNameless();
  }
  const clean = cleanPath(raw);
  if (!clean.ok) return clean;
  const path = clean.value;
  if (request.kind === 'whole' && request.isGuess) {
    const isLike = sharedLines(view.read(path) ?? '', request.lines) >= MIN_SHARED;
    if (!isLike) return request.path === null ? refuseUnlike(path) : refuseNameless();
  } else if (request.kind === 'whole' && request.isMentioned) {
    const text = view.read(path) ?? '';
    if (text.trim() !== '' && sharedLines(text, request.lines) === 0) return refuseNameless();
  }
  const exists = (other: string) => view.read(other) !== undefined || view.paths.includes(other);
  if (exists(path) || request.kind === 'create') return clean;
  const repaired = repairPath(path, { paths: view.paths, exists });
  if (request.kind === 'whole') return aimWhole(path, request.lines, repaired, view);
  const isNew =
    request.kind === 'hunks' &&
    request.hunks.every(({ readings }) => readings.some(({ search }) => search.every(isBlank)));
  if (!isNew) return repaired;
  // A bare name that a file elsewhere has is more likely that file than a new one.
  const isBare = !path.includes('/') && sameName(path, view.paths).length > 0;
  return isBare ? refuseEmptySearch(sameName(path, view.paths)[0] ?? path) : clean;
}

const refuseNameless = () =>
  refuse(
    'malformed',
    'The edit does not say which file it is for. Put the path of the file on the line above it.',
  );

const refuseUnlike = (path: string) =>
  refuse(
    'malformed',
    `The answer holds a text without a name that is not the whole of ${path}: too few of its lines are in it. Give every line of the file, and its path on the line above.`,
    { path },
  );

/** A file of that name elsewhere is meant only where it holds much of the same. */
function aimWhole(
  path: string,
  lines: readonly string[],
  repaired: Edited<string>,
  view: EditView,
): Edited<string> {
  const same = sameName(path, view.paths);
  if (same.length === 0) return { ok: true, value: path };
  const likeness = repaired.ok ? sharedLines(view.read(repaired.value) ?? '', lines) : 0;
  if (repaired.ok && likeness >= MIN_SHARED) return repaired;
  if (
    path.includes('/') &&
    same.every((other) => sharedLines(view.read(other) ?? '', lines) < MIN_SHARED)
  ) {
    return { ok: true, value: path };
  }
  return refuse(
    'ambiguous',
    `There is no file ${path}, but there is ${same.slice(0, 3).join(', ')}. Give the whole path of the file that is meant.`,
    { path },
  );
}

const MIN_SHARED = 0.4;

function sharedLines(text: string, lines: readonly string[]): number {
  const old = new Set(linesOf(text).filter((line) => !isBlank(line)));
  const fresh = lines.filter((line) => !isBlank(line));
  const shared = fresh.filter((line) => old.has(line)).length;
  return shared / Math.max(1, Math.min(old.size, fresh.length));
}
