import { findIndexUse, type IndexUse } from '../../core/commit/index-use.ts';
import { foldersAbove } from '../../core/plan/paths.ts';
import type { Explanation } from '../../core/policy/decide.ts';
import type { Fact } from '../../core/policy/facts.ts';
import { findRepositoryUse, type RepositoryUse } from '../../core/run/repository-use.ts';
import type { Action, Result, Situation } from '../../core/types.ts';
import type { Readers } from '../../ports.ts';

export const isRun = (kind: string): boolean => kind === 'shell.run' || kind === 'git.run';

/** A plan runs in mode execute, whatever mode it is written in. */
export const explainAction = (
  { policy }: Pick<Readers, 'policy'>,
  situation: Situation,
  action: Action,
): Result<Explanation> => policy.explain(action, { ...situation, mode: 'execute' });

export const factsOf = ({ findings }: Explanation): readonly Fact[] =>
  findings.map(({ fact }) => fact);

export const indexUseOf = (
  readers: Pick<Readers, 'images'>,
  situation: Situation,
  facts: readonly Fact[],
): IndexUse => findIndexUse(facts, isOwnIn(readers, situation));

export const repositoryUseOf = (
  readers: Pick<Readers, 'images'>,
  situation: Situation,
  facts: readonly Fact[],
): RepositoryUse => findRepositoryUse(facts, isOwnIn(readers, situation));

/** A folder of the workspace is of its repository where none of its own begins on the way there. */
function isOwnIn({ images }: Pick<Readers, 'images'>, { workspace }: Situation) {
  return (folder: string): boolean => {
    if (folder === workspace) return true;
    const path = inside(workspace, folder);
    if (path === folder) return false;
    return [...foldersAbove(path), path].every((each) => {
      const store = images.look(`${each}/.git`);
      return store.ok && store.value.kind === 'absent';
    });
  };
}

export const inside = (workspace: string, path: string): string =>
  path.startsWith(`${workspace}/`) ? path.slice(workspace.length + 1) : path;
