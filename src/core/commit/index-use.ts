import type { Fact, ProgramFact } from '../policy/facts.ts';

/**
 * What an action does with what is staged: `commits` takes it into a commit, `elsewhere` does that in
 * another repository, `changes` may stage something else, or move what it would be committed on.
 */
export type IndexUse = 'none' | 'changes' | 'commits' | 'elsewhere';

/** `isOwn`: whether a folder, by its whole path, is of the workspace's own repository. */
export function findIndexUse(facts: readonly Fact[], isOwn: (folder: string) => boolean): IndexUse {
  const programs = facts.filter((fact) => fact.about === 'program');
  const committing = programs.filter(takesIndex);
  if (committing.length > 0) {
    const names = new Set(committing.map(({ name }) => name));
    const isHere = facts.every(
      (fact) =>
        fact.about !== 'access' ||
        fact.access !== 'write' ||
        !names.has(fact.by) ||
        isOwn(fact.path),
    );
    return isHere && !programs.some(namesRepository) ? 'commits' : 'elsewhere';
  }
  return programs.some(isChanging) ? 'changes' : 'none';
}

/** A commit of named files takes them as they lie, and leaves alone what else is staged. */
function takesIndex({ name, flags, operands }: ProgramFact): boolean {
  if (name !== 'git commit') return CONTINUED.has(name) && flags.includes('--continue');
  return operands.length === 0 || flags.some((flag) => flag === '-i' || flag === '--include');
}

const CONTINUED: ReadonlySet<string> = new Set(
  ['am', 'cherry-pick', 'merge', 'rebase', 'revert'].map((command) => `git ${command}`),
);

const namesRepository = ({ name, flags }: ProgramFact): boolean =>
  name === 'git' && flags.some((flag) => /^--(git-dir|work-tree|bare)$/.test(flag));

const isChanging = ({ name, group }: ProgramFact): boolean =>
  name.startsWith('git ') && !LEAVING.has(group);

/** What neither stages anything nor moves the head; all else of git may. */
const LEAVING: ReadonlySet<string> = new Set(
  'git-glance git-look git-branch git-config git-export git-upkeep git-worktree fetch publish credentials'.split(
    ' ',
  ),
);
