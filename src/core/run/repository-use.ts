import type { Fact, ProgramFact } from '../policy/facts.ts';

/** What an action does with a repository by calling git, as far as its words tell. */
export type RepositoryUse = {
  readonly does: 'nothing' | 'looks' | 'changes';
  /** Whether it is the one that the workspace belongs to. */
  readonly isOwn: boolean;
};

/** `isOwn`: whether a folder, by its whole path, is of the workspace's own repository. */
export function findRepositoryUse(
  facts: readonly Fact[],
  isOwn: (folder: string) => boolean,
): RepositoryUse {
  const programs = facts.filter((fact) => fact.about === 'program');
  const all = new Set(programs.map(doingOf));
  const does = (['changes', 'looks'] as const).find((each) => all.has(each)) ?? 'nothing';
  const names = new Set(programs.map(({ name }) => name).filter(isWorkingHere));
  const isElsewhere = facts.some(
    (fact) =>
      fact.about === 'access' &&
      (/^git( --|$)/.test(fact.by) || (fact.access === 'write' && names.has(fact.by))) &&
      !isOwn(fact.path),
  );
  return { does, isOwn: !isElsewhere };
}

/** What it writes to by name is of the repository too, but for another working tree. */
const isWorkingHere = (name: string): boolean => /^git (?!worktree )/.test(name);

function doingOf({ name, group, flags, operands }: ProgramFact): RepositoryUse['does'] {
  if (!name.startsWith('git ')) return 'nothing';
  const has = (...any: readonly string[]) => flags.some((flag) => any.includes(flag));
  if (has('--dry-run')) return 'looks';
  const [first = ''] = operands;
  switch (group) {
    case 'git-glance':
    case 'git-export':
    case 'git-other':
    case 'credentials':
      return 'looks';
    case 'git-look':
      return name === 'git remote' && REMOTE_CHANGES.has(first) ? 'changes' : 'looks';
    case 'git-init':
      return 'nothing';
    case 'fetch':
      return name === 'git fetch' ? 'changes' : 'nothing';
    case 'git-branch':
      return !has(...LISTING) && (operands.length > 0 || flags.some(isOfBranch))
        ? 'changes'
        : 'looks';
    case 'git-config':
      return first !== 'get' && first !== 'list' && (operands.length > 1 || flags.some(isOfConfig))
        ? 'changes'
        : 'looks';
    default:
      return isOnFiles(name, has) ? 'looks' : 'changes';
  }
}

const REMOTE_CHANGES: ReadonlySet<string> = new Set(
  'add remove rm rename set-url set-head set-branches prune update'.split(' '),
);

/** What makes a list of branches or tags, whatever is named besides. */
const LISTING = [
  ...['-l', '--list', '-a', '--all', '-r', '--remotes', '--show-current', '--contains'],
  ...['--no-contains', '--merged', '--no-merged', '--points-at', '-n', '-v', '--verify'],
];
const isOfBranch = (flag: string): boolean =>
  /^-[dDmMcCfu]$|^--(delete|move|copy|force|set-upstream-to|unset-upstream|edit-description)$/.test(
    flag,
  );
const isOfConfig = (flag: string): boolean =>
  /^--(unset|unset-all|remove-section|rename-section|add|replace-all|edit)$|^-e$/.test(flag);

/** These leave alone what git itself keeps. */
function isOnFiles(name: string, has: (...any: readonly string[]) => boolean): boolean {
  if (name === 'git clean') return true;
  return name === 'git apply' && !has('--index', '--cached', '--3way', '-3');
}
