import type { Request } from '../../core/planner/request.ts';
import { fail, ok } from '../../core/result.ts';
import type { DraftStep, Result } from '../../core/types.ts';
import { importPoints } from './find-imports.ts';
import { pathsOf } from './named-paths.ts';
import type { Outcome, Sight } from './outcome.ts';

export async function deleteFiles(
  sight: Sight,
  { paths, what }: Request & { readonly kind: 'delete' },
): Promise<Result<Outcome>> {
  const found = await pathsOf(sight, paths);
  if (!found.ok) return found;
  const steps: DraftStep[] = [];
  const open: string[] = [];
  const folders = found.value.filter(({ thing }) => thing.kind === 'folder');
  const goesAnyway = (path: string) => folders.some((each) => path.startsWith(`${each.path}/`));
  for (const { path, thing } of found.value) {
    if (goesAnyway(path)) continue;
    const isFolder = thing.kind === 'folder';
    if (what !== 'any' && isFolder !== (what === 'folder')) {
      return fail('usage', `${path} is ${isFolder ? 'a folder' : 'no folder'}.`, {
        hint: `Say delete ${isFolder ? 'the folder' : 'the file'} ${path}, if that is meant.`,
      });
    }
    steps.push({
      title: `delete ${path}`,
      why: isFolder ? 'The folder goes with all that it holds.' : 'It was asked for.',
      action: { kind: 'file.delete', path },
    });
    open.push(...(await importPoints(sight, path, null, found.value.length)));
  }
  return ok({ steps, open });
}
