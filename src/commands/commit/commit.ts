import { type PendingChanges, sayFile, sayStamp } from '../../core/commit/pending.ts';
import { textOfMessage } from '../../core/commit/read-message.ts';
import { fail, ok } from '../../core/result.ts';
import { remedyFor, sayUnwritten } from '../../core/run/find-git-problems.ts';
import type { Outcome, PlanDraft, Result, Turn } from '../../core/types.ts';
import { PLANNING } from '../author/order-args.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { propose } from '../plan/propose.ts';
import { gatherChanges, stagedMeanwhile } from './gather-changes.ts';
import { writeMessage } from './write-message.ts';

export const commit = defineCommand({
  ...PLANNING,
  name: 'commit',
  summary: 'Plans a commit of what is staged, with a message that a model writes',
  examples: ['commit'],
  needs: ['audit-log', 'git', 'model'],
  args: {},
  async run(_args, context) {
    // Before a model is asked for a message that nothing could be done with.
    const outside = context.readers.git.outside();
    if (outside !== null) {
      return fail('unavailable', sayUnwritten(outside), { hint: remedyFor(outside, false) });
    }
    const gathered = await gatherChanges(context, 'staged');
    if (!gathered.ok) return gathered;
    const written = await messageFor(context, gathered.value.changes);
    if (!written.ok) return written;
    const proposed = await propose(context, draftOf(written.value));
    return proposed.ok ? isStill(written.value.changes, proposed.value) : proposed;
  },
});

type MessageOf = { readonly message: string; readonly changes: PendingChanges };

/** The one that was written for the very same in this session, and that the person has seen. */
async function messageFor(
  context: CommandContext,
  changes: PendingChanges,
): Promise<Result<MessageOf>> {
  const ending = ` ${sayStamp('staged', changes)}`;
  const isItsOwn = ({ command, asked, outcome }: Turn): boolean =>
    command === 'commit message' && outcome === 'done' && asked.endsWith(ending);
  const known = context.turns.findLast(isItsOwn);
  if (known !== undefined) return ok({ message: known.answer, changes });
  const written = await writeMessage(context, 'staged');
  if (!written.ok) return written;
  const { message, gathered } = written.value;
  return ok({ message: textOfMessage(message), changes: gathered.changes });
}

/** A message takes its time: it has to be one for what the plan would commit. */
function isStill({ stamp }: PendingChanges, outcome: Outcome): Result<Outcome> {
  const seen = outcome.kind === 'proposed' ? outcome.plan.steps[0]?.staged : undefined;
  return seen?.stamp === stamp ? ok(outcome) : stagedMeanwhile();
}

const MOST_NAMED = 3;

function draftOf({ message, changes: { files } }: MessageOf): PlanDraft {
  const subject = message.split('\n', 1)[0] ?? '';
  const more = files.length - MOST_NAMED;
  const named = files.slice(0, MOST_NAMED).map(sayFile).join(', ');
  const what = `${named}${more > 0 ? ` and ${more} more` : ''}`;
  return {
    goal: `Commit what is staged: ${subject}`,
    origin: { kind: 'model', text: 'commit' },
    steps: [
      {
        why: `Takes what is staged now and nothing else: ${what}. Hooks and signing stay off.`,
        action: { kind: 'git.run', argv: ['commit', '-m', message] },
      },
    ],
  };
}
