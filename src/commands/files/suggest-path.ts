import { matchPath } from '../../core/prompt/match-path.ts';
import { fail } from '../../core/result.ts';
import { nearest } from '../../core/text/nearest.ts';
import type { Result } from '../../core/types.ts';
import type { CommandContext } from '../command.ts';

const MOST_NAMED = 4;
/** Comparing letter by letter takes its time. */
const MOST_COMPARED = 5_000;

/** Nothing lies at a path: says so, and which paths could be meant. */
export async function suggestPath(
  path: string,
  { readers, signal }: CommandContext,
): Promise<Result<never>> {
  const listed = await readers.files.list(signal);
  const paths = listed.ok ? listed.value : [];
  const name = path.slice(path.lastIndexOf('/') + 1);
  const found = matchPath(name, paths);
  const near =
    found.kind === 'file'
      ? [found.path]
      : found.kind === 'several'
        ? found.paths.slice(0, MOST_NAMED)
        : [nearest(path, paths.slice(0, MOST_COMPARED)) ?? ''].filter((one) => one !== '');
  const meant = near.length === 0 ? {} : { hint: `Did you mean ${near.join(' or ')}?` };
  return fail('not-found', `There is no ${path}.`, meant);
}
