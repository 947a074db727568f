import { redactText } from '../../core/audit/redact-text.ts';
import type { PendingChanges, PendingFile, PendingWhat } from '../../core/commit/pending.ts';
import type { FileDiff } from '../../core/commit/share-diffs.ts';
import { fail, ok } from '../../core/result.ts';
import type { Result } from '../../core/types.ts';
import type { CommandContext } from '../command.ts';
import { mayGive } from '../talk/may-give.ts';

/** What of the pending changes a model may see. */
export type Gathered = {
  readonly changes: PendingChanges;
  readonly diffs: readonly FileDiff[];
  /** First lines of the last commits, the newest first. */
  readonly subjects: readonly string[];
  /** Files that the policy keeps from models; only their names go in. */
  readonly hidden: readonly string[];
  /** Files with too many changes, or too many files, for their patches to be read. */
  readonly unread: readonly string[];
};

/** More patches than these no window holds; those with the most changes tell the most. */
const MOST_DIFFS = 60;
/** What changes more than this is made by a program. */
const MOST_LINES = 5_000;

export async function gatherChanges(
  context: CommandContext,
  what: PendingWhat,
): Promise<Result<Gathered>> {
  const { readers, signal } = context;
  const read = await readers.pending.read(what, signal);
  if (!read.ok) return read;
  const refusal = findRefusal(read.value, what);
  if (refusal !== null) return refusal;
  const hidden: string[] = [];
  const open: PendingFile[] = [];
  for (const file of read.value.files) {
    if (signal.aborted) return fail('cancelled', 'Cancelled.');
    if (await isHidden(file, context)) hidden.push(file.path);
    else open.push(file);
  }
  const texts = open.filter(({ lines }) => lines !== null && sizeOf(lines) > 0);
  const chosen = new Set(
    texts
      .filter(({ lines }) => sizeOf(lines) <= MOST_LINES)
      .toSorted((a, b) => sizeOf(b.lines) - sizeOf(a.lines))
      .slice(0, MOST_DIFFS),
  );
  const wanted = texts.filter((file) => chosen.has(file));
  const found = await readers.pending.diffs(what, wanted, signal);
  // Lines of any length: what no limit of git's holds is named without its patch.
  if (!found.ok && found.error.code !== 'limit') return found;
  if (what === 'staged') {
    const now = await readers.pending.read(what, signal);
    if (!now.ok) return now;
    if (now.value.stamp !== read.value.stamp) return stagedMeanwhile();
  }
  const subjects = await readers.pending.subjects(signal);
  if (!subjects.ok) return subjects;
  const diffs = wanted.flatMap(({ path }): readonly FileDiff[] => {
    const diff = found.ok ? found.value.get(path) : undefined;
    return diff === undefined ? [] : [{ path, diff: redactText(diff) }];
  });
  const seen = new Set(diffs.map(({ path }) => path));
  const unread = texts.map(({ path }) => path).filter((path) => !seen.has(path));
  return ok({ changes: read.value, diffs, subjects: subjects.value, hidden, unread });
}

/** A list, patches and a message are read and written one after the other, and speak of the same. */
export const stagedMeanwhile = () =>
  fail('changed', 'Something else was staged while the message was written.', {
    hint: 'Run it again: it is written for what is staged then.',
  });

/** Also where it comes from: what moved was there with all that it holds. */
async function isHidden(
  { path, movedFrom }: PendingFile,
  context: CommandContext,
): Promise<boolean> {
  const paths = movedFrom === undefined ? [path] : [path, movedFrom];
  for (const each of paths) if (!(await mayGive(each, context, 'found')).ok) return true;
  return false;
}

const sizeOf = (lines: PendingFile['lines']): number =>
  lines === null ? 0 : lines.added + lines.removed;

function findRefusal(
  { files, underWay }: PendingChanges,
  what: PendingWhat,
): ReturnType<typeof fail> | null {
  const unmerged = files.filter(({ kind }) => kind === 'unmerged').map(({ path }) => path);
  if (unmerged.length > 0) {
    const named = unmerged.slice(0, MOST_NAMED).join(', ');
    return fail('unavailable', `${unmerged.length} files are not merged yet: ${named}.`, {
      hint: 'Settle what both sides changed, then stage them: git add PATH',
    });
  }
  if (underWay !== null) {
    return fail('unavailable', `A ${underWay.what} is under way, and git has a message for it.`, {
      hint: `Finish it in your shell: git commit --no-edit, or git ${underWay.what} --abort.`,
    });
  }
  if (files.length > 0) return null;
  return what === 'staged'
    ? fail('not-found', 'Nothing is staged, so there is no commit to write a message for.', {
        hint: 'Stage what belongs into it: git add PATH. commit message --all reads all changes.',
      })
    : fail('not-found', 'Nothing differs from the last commit.', {
        hint: 'New files count once they are staged: git add PATH',
      });
}

const MOST_NAMED = 8;
