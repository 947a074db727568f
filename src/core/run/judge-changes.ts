import { isBelow } from '../plan/paths.ts';
import { compileGlobs } from '../policy/rules/glob.ts';
import { ok } from '../result.ts';
import type { Action, CageRules, CheckpointEntry, Decision, Result, Step } from '../types.ts';
import { GIT_INSIDE, GIT_STEP } from './git-inside.ts';
import { kindOfChange } from './kind-of-change.ts';

/** What the rules are asked with. */
export type ChangeSight = {
  readonly decide: (action: Action) => Result<Decision>;
  readonly rules: CageRules;
  /** Those of the changed paths that the repository ignores. */
  readonly ignored: ReadonlySet<string>;
};

/** What becomes of the changes that a program made. One that is refused refuses them all. */
export type JudgedChanges = {
  /** Without a question. */
  readonly taken: readonly CheckpointEntry[];
  /** When a person has seen them. */
  readonly asked: readonly CheckpointEntry[];
  readonly refused: readonly { readonly path: string; readonly reason: string }[];
};

/** Every path goes through the rules that an edit of it would go through. */
export function judgeChanges(
  { decide, rules, ignored }: ChangeSight,
  step: Pick<Step, 'action' | 'effects'>,
  changes: readonly CheckpointEntry[],
): Result<JudgedChanges> {
  const isLetThrough = compileGlobs(rules.letThrough);
  const hidden = findRepositories(changes);
  const taken: CheckpointEntry[] = [];
  const asked: CheckpointEntry[] = [];
  const refused: { path: string; reason: string }[] = [];
  for (const change of changes) {
    const { path } = change.after;
    const reason = whyNever(change) ?? (hidden.has(path) ? HIDDEN : null);
    const decided = decide(actionFor(change));
    if (!decided.ok) return decided;
    const isOfGit = path.startsWith('.git/') && isOnlyGits(decided.value);
    const isGits = (isOfGit && step.action.kind === 'git.run') || isBegun(step, change);
    const { verdict } = decided.value;
    if (reason !== null) refused.push({ path, reason });
    else if (verdict === 'deny' && !isGits) {
      refused.push({ path, reason: whyDenied(step, path, decided.value) });
    } else if (
      isGits ||
      isFolderOnly(change) ||
      (ignored.has(path) && isPlain(path) && (isLetThrough(path) || isLetThrough(`/${path}`))) ||
      (rules.takes !== 'nothing' && isDeclared(step, change)) ||
      (rules.takes === 'allowed' && verdict === 'allow')
    ) {
      taken.push(change);
    } else asked.push(change);
  }
  return ok({ taken, asked, refused });
}

/** What a rule says is told to who writes that file; here it was git. */
function whyDenied({ action }: Pick<Step, 'action'>, path: string, decision: Decision): string {
  const reason = decision.because[0]?.reason ?? 'The rules deny it.';
  if (!isOnlyGits(decision)) return reason;
  if (action.kind === 'git.run') return INNER;
  return path.startsWith('.git/') ? `${GIT_INSIDE} ${GIT_STEP}` : reason;
}

const INNER =
  'It is of a repository inside of this one, and a plan changes the one of its workspace only. Start TinyCode in that folder.';

/** The action of a plan that would do the same to this path. */
function actionFor(change: CheckpointEntry): Action {
  const { path } = change.after;
  if (change.after.kind === 'absent') return { kind: 'file.delete', path };
  if (change.after.kind === 'folder') return { kind: 'folder.create', path };
  return { kind: 'file.write', path, content: '' };
}

const SET_ID = 0o6000;

/** What no approval can allow. */
function whyNever({ before, after }: CheckpointEntry): string | null {
  if (after.kind === 'other') return `It is ${after.what}, which TinyCode never writes.`;
  if (before.kind === 'other') return `There was ${before.what}, which TinyCode never touches.`;
  if (after.kind === 'file' && (after.mode & SET_ID) !== 0) {
    return 'It would run with the rights of its owner (set-uid or set-gid).';
  }
  const isSwap =
    before.kind !== 'absent' &&
    after.kind !== 'absent' &&
    (before.kind === 'folder') !== (after.kind === 'folder');
  return isSwap ? `A ${before.kind} became a ${after.kind}; do that in two steps.` : null;
}

const HIDDEN = 'A repository lies here whose settings git would obey.';

/** The heads of bare repositories that a program made: git takes a folder for one by its names. */
function findRepositories(changes: readonly CheckpointEntry[]): ReadonlySet<string> {
  const there = new Set(
    changes.flatMap(({ after }) => (after.kind === 'absent' ? [] : [after.path.toLowerCase()])),
  );
  const isIn = (folder: string) =>
    ['objects', 'refs'].some((name) => there.has(`${folder}${name}`));
  return new Set(
    changes.flatMap(({ after: { path, kind } }) => {
      const isHead = kind !== 'absent' && !isPlain(path) && !path.startsWith('.git/');
      return isHead && isIn(path.toLowerCase().replace(/head$/, '')) ? [path] : [];
    }),
  );
}

/** A folder by itself holds nothing that could be read or run. */
const isFolderOnly = ({ before, after }: CheckpointEntry): boolean =>
  (before.kind === 'absent' || before.kind === 'folder') &&
  (after.kind === 'absent' || after.kind === 'folder');

/** A folder becomes a repository, with hooks of its own, by a file of this name. */
const isPlain = (path: string): boolean => !/(^|\/)head$/i.test(path);

const GIT_INTERNALS = 'paths/git-internals';

/** git may change its own files, as long as none of them makes something run. */
const isOnlyGits = ({ because }: Decision): boolean =>
  because.every(({ rule }) => rule === GIT_INTERNALS);

/**
 * A repository that git itself makes here, where none was: without a template it begins with nothing
 * but settings of git's own.
 */
function isBegun({ action }: Pick<Step, 'action'>, { before, after }: CheckpointEntry): boolean {
  if (action.kind !== 'git.run' || before.kind !== 'absent') return false;
  if (!PLAIN_INIT.test(action.argv.join(' '))) return false;
  return after.path === '.git' ? after.kind === 'folder' : after.path === '.git/config';
}

const PLAIN_INIT = /^init( (-q|--quiet|-b [\w./-]+|--initial-branch=[\w./-]+))*$/;

/** The person has read the command, which says that it does this. */
function isDeclared({ effects }: Pick<Step, 'effects'>, change: CheckpointEntry): boolean {
  const { path } = change.after;
  const named = kindOfChange(change) === 'delete' ? effects.deletes : effects.writes;
  return named.some((each) => each === path || isBelow(path, each));
}
