import { type PendingChanges, sayFile, shortStamp } from '../../core/commit/pending.ts';
import { textOfMessage } from '../../core/commit/read-message.ts';
import { ok } from '../../core/result.ts';
import type { PlanDraft, Result, Turn } from '../../core/types.ts';
import { PLANNING } from '../author/order-args.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { propose } from '../plan/propose.ts';
import { gatherChanges } from './gather-changes.ts';
import { writeMessage } from './write-message.ts';

export const commit = defineCommand({
  ...PLANNING,
  name: 'commit',
  summary: 'Plans a commit of what is staged, with a message that a model writes',
  examples: ['commit'],
  needs: ['audit-log', 'git', 'model'],
  args: {},
  async run(_args, context) {
    const gathered = await gatherChanges(context, 'staged');
    if (!gathered.ok) return gathered;
    const message = await messageFor(context, gathered.value.changes);
    return message.ok ? propose(context, draftOf(message.value, gathered.value.changes)) : message;
  },
});

/** The one that was written for the very same in this session, and that the person has seen. */
async function messageFor(
  context: CommandContext,
  { stamp }: PendingChanges,
): Promise<Result<string>> {
  const isItsOwn = ({ command, asked, outcome }: Turn): boolean =>
    command === 'commit message' && outcome === 'done' && asked.endsWith(shortStamp(stamp));
  const known = context.turns.findLast(isItsOwn);
  if (known !== undefined) return ok(known.answer);
  const written = await writeMessage(context, 'staged');
  return written.ok ? ok(textOfMessage(written.value.message)) : written;
}

const MOST_NAMED = 3;

function draftOf(message: string, { files }: PendingChanges): PlanDraft {
  const subject = message.split('\n', 1)[0] ?? '';
  const more = files.length - MOST_NAMED;
  const named = files.slice(0, MOST_NAMED).map(sayFile).join(', ');
  const what = `${named}${more > 0 ? ` and ${more} more` : ''}`;
  return {
    goal: `Commit what is staged: ${subject}`,
    origin: { kind: 'model', text: 'commit' },
    steps: [
      {
        why: `Takes what is staged when it runs, now ${what}. Hooks and signing stay off.`,
        action: { kind: 'git.run', argv: ['commit', '-m', message] },
      },
    ],
  };
}
