import type { Finding, OutsideRepository, Step } from '../types.ts';
import { GIT_INSIDE, GIT_STEP } from './git-inside.ts';
import type { RepositoryUse } from './repository-use.ts';

/** A step, what it does with a repository, and whether it was written as a program of any kind. */
export type RepositoryStep = {
  readonly step: Step;
  readonly repository: RepositoryUse;
  readonly isTurned: boolean;
};

/** Where the workspace's repository is kept, if that is not in it; `isSeen`: by programs in a cage. */
export type RepositorySight = { readonly outside: OutsideRepository; readonly isSeen: boolean };

/** What a person should know of the steps with git before they are asked. */
export function findGitProblems(
  steps: readonly RepositoryStep[],
  sight: RepositorySight | null,
): readonly Finding[] {
  return steps.flatMap((each): readonly Finding[] => {
    const outside = sight === null ? null : findOutside(each, sight);
    return outside === null ? findInside(each) : [outside];
  });
}

/** What no git step can do here, or no program can see. */
function findOutside(
  { step, repository: { does, isOwn } }: RepositoryStep,
  { outside, isSeen }: RepositorySight,
): Finding | null {
  if (!isOwn || does === 'nothing' || (does === 'looks' && isSeen)) return null;
  const isLook = does === 'looks';
  return {
    // A program may well do without a look that fails in it.
    severity: isLook && step.action.kind !== 'git.run' ? 'warn' : 'error',
    code: 'unavailable',
    step: step.id,
    message: isLook ? sayUnseen(outside) : sayUnwritten(outside),
    remedy: remedyFor(outside, isLook),
  };
}

/** Why nothing of a plan can change a repository that is kept elsewhere. */
export const sayUnwritten = (outside: OutsideRepository): string =>
  `The repository is kept ${placeOf(outside)}, and nothing outside of the workspace is written.`;

const sayUnseen = (outside: OutsideRepository): string =>
  `The repository is kept ${placeOf(outside)}, which no program can see from its cage.`;

const placeOf = ({ store, above }: OutsideRepository): string =>
  `in ${store}, ${above === null ? 'outside of' : 'above'} this folder`;

export function remedyFor({ above }: OutsideRepository, isLook: boolean): string {
  const looks = isLook ? ' The commands log and diff look at it all the same.' : '';
  return above === null
    ? `Do it by hand, in a shell.${looks}`
    : `Start TinyCode in ${above}, or do it by hand, in a shell.${looks}`;
}

function findInside({ step, repository, isTurned }: RepositoryStep): readonly Finding[] {
  if (repository.does !== 'changes') return [];
  const { id, action, check, effects } = step;
  if (isTurned) return [turned(id)];
  return action.kind === 'shell.run' && !check && effects.isReversible ? [inside(id)] : [];
}

const turned = (step: string): Finding => ({
  severity: 'info',
  code: 'git-step',
  step,
  message: 'It is nothing but git, so it runs as a git step: without hooks, and without signing.',
});

const inside = (step: string): Finding => ({
  severity: 'warn',
  code: 'git-inside',
  step,
  message: `${GIT_INSIDE} What it changes there will be refused.`,
  remedy: GIT_STEP,
});
