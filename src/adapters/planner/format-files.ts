import type { Request } from '../../core/planner/request.ts';
import { fail, ok } from '../../core/result.ts';
import type { DraftStep, Result } from '../../core/types.ts';
import { type Formatter, findFormatters, LOOKED_FOR } from './formatters.ts';
import { pathsOf } from './named-paths.ts';
import type { Outcome, Sight } from './outcome.ts';

/** One run of each formatter that the project names, over what it knows how to format. */
export async function formatFiles(
  sight: Sight,
  request: Request & { readonly kind: 'format' },
): Promise<Result<Outcome>> {
  const isWhole = request.paths.every((path) => /^\.?\/?$/.test(path));
  const named = isWhole ? ok([]) : await pathsOf(sight, request.paths);
  if (!named.ok) return named;
  const listed = await sight.view.files(sight.signal);
  if (!listed.ok) return listed;
  const runs = new Map<string, { formatter: Formatter; paths: string[] }>();
  for (const path of isWhole ? [''] : named.value.map((found) => found.path)) {
    const isFolder = sight.view.look(path).kind === 'folder';
    const start = isFolder ? path : path.slice(0, Math.max(0, path.lastIndexOf('/')));
    const below = isFolder ? listed.value.filter((each) => isBelow(each, path)) : [path];
    const fitting = findFormatters(sight.view, start, isWhole).filter(({ endings }) =>
      below.some((each) => endings.test(each)),
    );
    if (fitting.length === 0) return nothingFound(path);
    for (const formatter of fitting) {
      const run = runs.get(formatter.name) ?? { formatter, paths: [] };
      runs.set(formatter.name, run);
      if (path !== '') run.paths.push(relativeTo(formatter.folder, path));
    }
  }
  const all = [...runs.values()];
  const steps = all.map(({ formatter, paths }): DraftStep => {
    const argv = formatter.argvFor(paths.includes('') ? [] : paths);
    const cwd = formatter.folder === '' ? {} : { cwd: formatter.folder };
    return {
      title: `run ${argv.join(' ')}`,
      why: `The project names ${formatter.name}.`,
      action: { kind: 'shell.run', argv, ...cwd },
    };
  });
  const open = all
    .filter(({ formatter, paths }) => formatter.isForAll && paths.length > 0)
    .map(({ formatter }) => `${formatter.name}: it formats more than what was named.`);
  return ok({ steps, open });
}

const isBelow = (path: string, folder: string) => folder === '' || path.startsWith(`${folder}/`);

const relativeTo = (folder: string, path: string): string =>
  folder === '' ? path : path.slice(folder.length + 1);

const nothingFound = (path: string) =>
  fail('not-found', `No formatter was found for ${path === '' ? 'this project' : path}.`, {
    hint: `Looked for ${LOOKED_FOR}. Say run "<command>" to run another one.`,
  });
