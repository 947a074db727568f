import { findIndexUse, type IndexUse } from '../../core/commit/index-use.ts';
import { stagedOf } from '../../core/commit/staged.ts';
import { foldersAbove } from '../../core/plan/paths.ts';
import type { Explanation } from '../../core/policy/decide.ts';
import type { Fact } from '../../core/policy/facts.ts';
import { ok } from '../../core/result.ts';
import { findRepositoryUse, type RepositoryUse } from '../../core/run/repository-use.ts';
import type { Action, DraftStep, PlanDraft, Result, Situation, Staged } from '../../core/types.ts';
import type { Readers } from '../../ports.ts';

type Looking = Pick<Readers, 'images' | 'pending' | 'policy'>;

/** What a plan that commits has to know of; null for any other, and where there is no repository. */
export async function lookAtStaged(
  readers: Looking,
  situation: Situation,
  { steps }: PlanDraft,
  signal: AbortSignal,
): Promise<Result<Staged> | null> {
  if (!steps.some((step) => commits(readers, situation, step))) return null;
  const read = await readers.pending.read('staged', signal);
  if (read.ok) return ok(stagedOf(read.value));
  return read.error.code === 'not-found' ? null : read;
}

function commits(readers: Looking, situation: Situation, { action }: DraftStep): boolean {
  if ('edits' in action || !isRun(action.kind)) return false;
  const explained = explainAction(readers, situation, action);
  return explained.ok && indexUseOf(readers, situation, factsOf(explained.value)) === 'commits';
}

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
