import { unifiedDiff } from '../../core/plan/unified-diff.ts';
import { fail, ok } from '../../core/result.ts';
import { type JudgedChanges, judgeChanges } from '../../core/run/judge-changes.ts';
import { kindOfChange } from '../../core/run/kind-of-change.ts';
import type { CheckpointEntry, Content, FileReview, Item, Result, Step } from '../../core/types.ts';
import { countPaths } from './show-program.ts';
import type { Stage } from './stage.ts';

/** What a program changed, with the bytes of the files that it left. */
export type Made = {
  readonly changes: readonly CheckpointEntry[];
  readonly bytes: (hash: string) => Result<Uint8Array>;
};

/** Every changed path as the rules see it at this level. */
export async function judgeMade(
  { readers, situation, signal }: Pick<Stage, 'readers' | 'situation' | 'signal'>,
  step: Pick<Step, 'action' | 'effects'>,
  changes: readonly CheckpointEntry[],
): Promise<Result<JudgedChanges>> {
  const rules = readers.policy.cage(situation.level);
  if (!rules.ok) return rules;
  const paths = changes.map(({ after }) => after.path);
  const ignored = paths.length === 0 ? ok(NONE) : await readers.tree.ignored(paths, signal);
  if (signal.aborted) return fail('cancelled', 'The changes were not judged.');
  const decide = (action: Parameters<typeof readers.policy.decide>[0]) =>
    readers.policy.decide(action, { ...situation, mode: 'execute' });
  return judgeChanges(
    { decide, rules: rules.value, ignored: ignored.ok ? ignored.value : NONE },
    step,
    changes,
  );
}

/** Where git cannot say what is ignored, nothing is: then more is asked. */
const NONE: ReadonlySet<string> = new Set();

export type Acceptance = 'accepted' | 'refused' | 'unseen';

/** Shows what a program changed and asks for it; `unseen` where nobody is there to look. */
export async function acceptChanges(
  stage: Stage,
  step: Step,
  made: Made,
  { asked }: JudgedChanges,
): Promise<Acceptance> {
  if (asked.length === 0) return 'accepted';
  if (!stage.hasPerson) return 'unseen';
  showChanges(stage, step, made);
  const answer = await stage.ask({
    kind: 'choice',
    text: `Step ${step.id} changed ${countPaths(made.changes.length)}; nothing of it is in the workspace yet.`,
    choices: [
      { key: 'a', label: 'accept all of it' },
      { key: 'n', label: 'throw it away' },
    ],
  });
  if (answer === 'a') return 'accepted';
  return answer === null ? 'unseen' : 'refused';
}

export const refusalOf = (step: Step, { refused }: JudgedChanges) => {
  const [first] = refused;
  const more = refused.length > 1 ? ` (and ${refused.length - 1} more)` : '';
  return fail('denied', `Step ${step.id} changed ${first?.path}${more}: ${first?.reason}`, {
    hint: 'Nothing of what it did has reached the workspace.',
    data: { refused },
  }).error;
};

/** A screen is not the place for more. */
const MOST_LISTED = 40;
const MOST_DIFF_LINES = 200;

/** The changed paths, and the texts among them as a diff. */
function showChanges(stage: Stage, step: Step, made: Made): void {
  const listed = made.changes.slice(0, MOST_LISTED);
  const items = listed.map((change): Item => {
    return { mark: 'none', text: `${kindOfChange(change)}  ${change.after.path}` };
  });
  const left = made.changes.length - listed.length;
  stage.show({ kind: 'heading', text: `What step ${step.id} changed` });
  stage.show({ kind: 'items', items });
  if (left > 0) stage.show({ kind: 'text', text: `… and ${left} more paths`, tone: 'dim' });
  const lines = diffOf(stage, made).split('\n');
  if (lines.length <= 1) return;
  stage.show({
    kind: 'code',
    text: lines.slice(0, MOST_DIFF_LINES).join('\n').replace(/\n$/, ''),
    language: 'diff',
  });
  const unseen = lines.length - MOST_DIFF_LINES;
  if (unseen > 0) stage.show({ kind: 'text', text: `… and ${unseen} more lines`, tone: 'dim' });
}

function diffOf({ readers }: Stage, { changes, bytes }: Made): string {
  const contentOf = (found: Result<Uint8Array>): Content | null =>
    found.ok ? readers.hashing.contentOf(found.value) : null;
  let diff = '';
  for (const { before, after } of changes.slice(0, MOST_LISTED)) {
    const was = before.kind === 'file' ? readers.images.load(before.path) : null;
    const review: FileReview = {
      path: after.path,
      before: was?.ok ? contentOf(ok(was.value.bytes)) : null,
      after: after.kind === 'file' ? contentOf(bytes(after.hash)) : null,
      hunks: [],
    };
    const texts = [review.before, review.after];
    const isText = texts.every((text) => text === null || typeof text === 'string');
    if (!isText || texts.every((text) => text === null)) continue;
    const [from, to] = texts as readonly (string | null)[];
    diff += unifiedDiff({ ...review, hunks: readers.differ.hunks(from ?? '', to ?? '') });
  }
  return diff;
}
