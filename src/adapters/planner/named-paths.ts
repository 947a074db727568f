import { baseOfGlob, compileGlob, isGlob } from '../../core/planner/glob.ts';
import { fail, ok } from '../../core/result.ts';
import type { Result } from '../../core/types.ts';
import { PACKAGES, type WalkLimits } from './list-files.ts';
import type { Sight } from './outcome.ts';
import { type Found, findExisting, insidePath } from './workspace-path.ts';

export const MAX_STEPS = 10_000;

/** Files and folders that a sentence names to act on; a glob stands for files, ignored ones too. */
export async function pathsOf(
  sight: Sight,
  names: readonly string[],
): Promise<Result<readonly Found[]>> {
  const all = new Map<string, Found>();
  for (const name of names) {
    const found = await pathsFor(sight, name);
    if (!found.ok) return found;
    for (const each of found.value) all.set(each.path, each);
  }
  if (all.size > MAX_STEPS) {
    return fail('limit', `${all.size} files are more than the ${MAX_STEPS} of one plan.`);
  }
  return ok([...all.values()]);
}

async function pathsFor(sight: Sight, name: string): Promise<Result<readonly Found[]>> {
  const { workspace, view, signal } = sight;
  const path = insidePath(workspace, name);
  if (!path.ok) return path;
  if (isGlob(name) && view.look(path.value).kind === 'absent') {
    return matchGlob(sight, path.value);
  }
  const found = await findExisting(workspace, view, name, signal);
  if (!found.ok) return found;
  if (found.value.path === '') return fail('denied', `${name} is the workspace itself.`);
  if (found.value.thing.kind === 'other') {
    return fail('denied', `${name} is no regular file.`, { hint: 'TinyCode never touches it.' });
  }
  return ok([found.value]);
}

async function matchGlob(sight: Sight, glob: string): Promise<Result<readonly Found[]>> {
  const matches = compileGlob(glob);
  if (matches === null) return fail('usage', `${glob} is no glob that can be read.`);
  const below = await sight.view.filesBelow(baseOfGlob(glob), sight.signal, limitsOf(glob));
  if (!below.ok) return below;
  const found = below.value
    .filter(matches)
    .map((path): Found => ({ path, thing: sight.view.look(path) }))
    .filter(({ thing }) => thing.kind === 'file');
  if (found.length > 0) return ok(found);
  return fail('not-found', `No file matches ${glob}.`, {
    hint: '** stands for any number of folders; a glob never stands for a folder.',
  });
}

/** No deeper than the glob can reach, and into installed packages only where it names them. */
const limitsOf = (glob: string): WalkLimits => ({
  ...(glob.includes('**') ? {} : { depth: glob.split('/').length }),
  ...(glob.includes('node_modules') ? {} : { skipped: PACKAGES }),
});
