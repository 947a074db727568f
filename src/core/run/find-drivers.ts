import { fail, ok } from '../result.ts';
import { type GitSetting, isDriver } from './git-settings.ts';
import { locateRepository, splitGitWords } from './git-words.ts';
import { listInside } from './inner-repositories.ts';
import { LOOK, listSettings, readOnly, type Search } from './list-settings.ts';

/**
 * Which settings of the repository, and of those inside it, name a program. It yields calls of git
 * that run nothing and wants the answer to each, from the folder in which `argv` will run; it
 * returns what `hardenGit` needs, or `denied` where something cannot be switched off.
 */
export function* findDrivers(argv: readonly string[]): Search<readonly string[]> {
  const { globals, command, rest } = splitGitWords(argv);
  const located = locateRepository(globals);
  const settings = yield* listSettings(located);
  if (!settings.ok) return settings;
  const isFound = settings.value !== null;
  const own = [...(settings.value ?? [])];
  if (isFound && own.some(({ key }) => key === 'core.worktree')) {
    const there = yield* checkWorktree(located);
    if (!there.ok) return there;
  }
  if (isFound && entersOthers(command, rest)) {
    const inner = yield* listInside(located);
    if (!inner.ok) return inner;
    own.push(...inner.value);
  }
  const refusal = findUnstoppable(command, own);
  if (refusal !== null) return refusal;
  const drivers = [...new Set(own.filter(isDriver).map(({ key }) => key))];
  if (drivers.length <= MOST_DRIVERS) return ok(drivers);
  return fail('limit', `The repository names more than ${MOST_DRIVERS} programs.`, { hint: LOOK });
}

const MOST_DRIVERS = 200;

/** A folder that the repository claims for its files must be one from which git finds it. */
function* checkWorktree(located: readonly string[]): Search<void> {
  if (located.some((word) => /^--(git-dir|work-tree|bare)/.test(word))) return ok(undefined);
  const said = yield readOnly(located, ['rev-parse', '--absolute-git-dir', '--show-toplevel']);
  const [store, ...rest] = (said.stdout ?? '').split('\n');
  const top = rest.join('\n').trimEnd();
  if (said.exitCode !== 0) return ok(undefined);
  const back = yield readOnly(['-C', top], ['rev-parse', '--absolute-git-dir']);
  if (back.exitCode === 0 && back.stdout?.trimEnd() === store) return ok(undefined);
  return fail('denied', `The repository says that its files lie in ${top} (core.worktree).`, {
    hint: 'git would work there. Take core.worktree out of its configuration.',
  });
}

/** Whether the call may look into repositories that lie inside, or work there. */
const entersOthers = (command: string, rest: readonly string[]): boolean =>
  !(STAYS_OUT.has(command) || isOfIndex(command, rest)) ||
  rest.some((word) => word.startsWith('--re'));

/**
 * What is staged is told without a look at the files, and so at none inside of others, unless they are
 * asked for. Only the first word cannot be the value of another one.
 */
const isOfIndex = (command: string, rest: readonly string[]): boolean =>
  command === 'diff' && rest[0] === '--cached' && !rest.some((word) => word.startsWith('--su'));

const STAYS_OUT: ReadonlySet<string> = new Set(
  ' branch cat-file check-attr check-ignore config for-each-ref hash-object help ls-files ls-tree merge-base name-rev notes reflog remote rev-list rev-parse shortlog show-ref symbolic-ref tag update-ref var version write-tree'.split(
    ' ',
  ),
);

/** What no setting of ours can take back, for a call that it concerns. */
function findUnstoppable(command: string, settings: readonly GitSetting[]) {
  const found = settings.find(
    ({ key }) =>
      (COLLECTING.has(command) && key === 'gc.recentobjectshook') ||
      (!STAYS_ON_BRANCH.has(command) && /^includeif\.onbranch:.*\.path$/s.test(key)),
  );
  if (found === undefined) return null;
  return fail('denied', `The repository sets ${found.key}, which git ${command} might obey.`, {
    hint: 'It runs a program, or brings settings along that nobody has seen. Take it out first.',
  });
}

const COLLECTING: ReadonlySet<string> = new Set(['fsck', 'gc', 'maintenance', 'prune', 'repack']);

const STAYS_ON_BRANCH: ReadonlySet<string> = new Set([
  ...STAYS_OUT,
  ...'add annotate blame commit describe diff diff-files diff-index diff-tree format-patch grep log mv range-diff reset restore rm show show-branch status whatchanged'.split(
    ' ',
  ),
]);
