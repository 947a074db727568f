import type { RepositorySight } from '../../core/run/find-git-problems.ts';
import type { CageReport } from '../../core/types.ts';
import type { CageReader, GitReader } from '../../ports.ts';

/**
 * Where the workspace's repository is kept, if not in the workspace. What makes a view of the workspace
 * is a mount, and git looks for a repository above no further than that.
 */
export function lookAtRepository(
  readers: {
    readonly git: Pick<GitReader, 'outside'>;
    readonly cages: Pick<CageReader, 'shows'>;
  },
  { rung, view }: CageReport,
): RepositorySight | null {
  const outside = readers.git.outside();
  if (outside === null) return null;
  const isFound = outside.above === null || view === 'direct';
  return { outside, isSeen: isFound && readers.cages.shows(rung, outside.store) };
}
