import { fail, ok } from '../result.ts';
import type { Result, Staged, Step } from '../types.ts';
import { type PendingChanges, sayFile } from './pending.ts';

/** So many are told by name; the stamp is over all of them. */
const MOST_TOLD = 200;

export function stagedOf({ branch, head, underWay, stamp, files }: PendingChanges): Staged {
  return {
    branch,
    head,
    underWay: underWay === null ? '' : `${underWay.what} ${underWay.commits}`.trim(),
    stamp,
    count: files.length,
    files: files.slice(0, MOST_TOLD).map(sayFile),
  };
}

/** Whether a plan that saw `staged` sees the same still. */
export const isAsStaged = (staged: Staged, now: Omit<PendingChanges, 'files'>): boolean =>
  findOther(staged, stagedOf({ ...now, files: [] })) === null && now.stamp === staged.stamp;

/** `changed` where something else is staged by now, or it would be committed on something else. */
export function compareStaged({ id, staged }: Step, now: Staged): Result<void> {
  const what = staged === undefined ? null : findDifference(staged, now);
  if (what === null) return ok(undefined);
  return fail('changed', `What is staged is not what the plan saw at step ${id}: ${what}.`, {
    hint: 'Nothing was committed. Make the plan again from what is staged now.',
  });
}

function findDifference(seen: Staged, now: Staged): string | null {
  const other = findOther(seen, now);
  if (other !== null || now.stamp === seen.stamp) return other;
  const come = without(now.files, seen.files);
  if (come !== '') return `${come} is staged now`;
  const gone = without(seen.files, now.files);
  return gone === '' ? 'a file has another content' : `${gone} is not staged any more`;
}

/** Another place to commit to. */
function findOther(seen: Staged, now: Staged): string | null {
  if (now.branch !== seen.branch) return `it is ${sayPlace(now)} now, and was ${sayPlace(seen)}`;
  if (now.head !== seen.head) return `the last commit is ${sayHead(now)}, and was ${sayHead(seen)}`;
  if (now.underWay === seen.underWay) return null;
  return now.underWay === ''
    ? `the ${wordOf(seen)} that was under way has ended`
    : `a ${wordOf(now)} is under way`;
}

const without = (files: readonly string[], known: readonly string[]): string =>
  files
    .filter((file) => !known.includes(file))
    .slice(0, MOST_NAMED)
    .join(', ');
const MOST_NAMED = 3;
const MOST_SAID = 20;

/** What a person is told of it, in a sentence or two. */
export function sayStaged(staged: Staged): string {
  const { count: all, files, underWay } = staged;
  const more = all - MOST_SAID;
  const named = files.slice(0, MOST_SAID).join(', ');
  const list = all === 0 ? 'nothing' : `${named}${more > 0 ? ` and ${count(more)} more` : ''}`;
  const begun = underWay === '' ? '' : `, while a ${wordOf(staged)} is under way`;
  const place = `${sayPlace(staged)}, ${staged.head === '' ? '' : 'at '}${sayHead(staged)}`;
  return `Staged ${place}${begun}: ${list}.`;
}

const count = (files: number): string => `${files} ${files === 1 ? 'file' : 'files'}`;
const sayPlace = ({ branch }: Staged): string => (branch === '' ? 'on no branch' : `on ${branch}`);
const sayHead = ({ head }: Staged): string => (head === '' ? 'no commit yet' : head.slice(0, 12));
const wordOf = ({ underWay }: Staged): string => underWay.split(' ', 1)[0] ?? '';
