import { baseOfGlob, compileGlob, isGlob } from '../../core/planner/glob.ts';
import type { Scope } from '../../core/planner/request.ts';
import { fail, ok } from '../../core/result.ts';
import type { Result } from '../../core/types.ts';
import { findExisting, insidePath } from './workspace-path.ts';
import type { WorkspaceView } from './workspace-view.ts';

const MAX_FILES = 20_000;

/** `isNamed`: the sentence names this very file, its kind of file or a folder of documents. */
export type ScopedFile = { readonly path: string; readonly isNamed: boolean };

/** The files that a sentence means, each once and in fixed order. */
export async function filesOfScope(
  workspace: string,
  view: WorkspaceView,
  scope: Scope,
  signal: AbortSignal,
): Promise<Result<readonly ScopedFile[]>> {
  const listed = await view.files(signal);
  if (!listed.ok) return listed;
  if (scope.kind === 'everywhere') {
    return bounded(listed.value.map((path) => ({ path, isNamed: false })));
  }
  const files = new Map<string, boolean>();
  for (const named of scope.paths) {
    const found = await filesOf(workspace, view, listed.value, named, signal);
    if (!found.ok) return found;
    for (const { path, isNamed } of found.value) {
      files.set(path, isNamed || files.get(path) === true);
    }
  }
  return bounded(
    [...files].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, isNamed]) => ({ path, isNamed })),
  );
}

function bounded(files: readonly ScopedFile[]): Result<readonly ScopedFile[]> {
  if (files.length <= MAX_FILES) return ok(files);
  return fail('limit', `${files.length} files are more than the ${MAX_FILES} that are looked at.`, {
    hint: 'Name a folder.',
  });
}

async function filesOf(
  workspace: string,
  view: WorkspaceView,
  listed: readonly string[],
  named: string,
  signal: AbortSignal,
): Promise<Result<readonly ScopedFile[]>> {
  if (isGlob(named)) {
    const literal = insidePath(workspace, named);
    if (!literal.ok) return literal;
    if (view.look(literal.value).kind === 'absent') {
      return matchGlob(listed, literal.value);
    }
  }
  const found = await findExisting(workspace, view, named, signal);
  if (!found.ok) return found;
  const { path, thing } = found.value;
  if (thing.kind === 'file') return ok([{ path, isNamed: true }]);
  if (thing.kind !== 'folder') {
    return fail('denied', `${named} is a symbolic link or no regular file.`, {
      hint: 'Links are never followed; name what it leads to.',
    });
  }
  const isNamed = DOCUMENTS.test(path);
  const below = listed.filter((each) => path === '' || each.startsWith(`${path}/`));
  if (below.length > 0) return ok(below.map((each) => ({ path: each, isNamed })));
  // All of it is ignored, and yet it is named.
  const all = await view.filesBelow(path, signal);
  return all.ok ? ok(all.value.map((each) => ({ path: each, isNamed }))) : all;
}

const DOCUMENTS = /(?:^|\/)(?:docs?|documentation)$/i;

function matchGlob(listed: readonly string[], glob: string): Result<readonly ScopedFile[]> {
  const matches = compileGlob(glob);
  if (matches === null) return fail('usage', `${glob} is no glob that can be read.`);
  const found = listed.filter(matches);
  if (found.length > 0) {
    const isNamed = /\.[A-Za-z0-9]+$|\}$/.test(glob) || DOCUMENTS.test(baseOfGlob(glob));
    return ok(found.map((path) => ({ path, isNamed })));
  }
  const deeper = compileGlob(`**/${glob}`);
  const isDeeper = deeper !== null && listed.some(deeper);
  return fail('not-found', `No file matches ${glob}.`, {
    hint: isDeeper
      ? `Below other folders there are some: **/${glob}`
      : 'Look at the folder and the extension; ** stands for any number of folders.',
  });
}
