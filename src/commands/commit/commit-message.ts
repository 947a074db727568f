import { textOfMessage } from '../../core/commit/read-message.ts';
import { ok } from '../../core/result.ts';
import type { Json } from '../../core/types.ts';
import { defineCommand } from '../command.ts';
import { TALK_LIMITS } from '../talk/talk-limits.ts';
import { writeMessage } from './write-message.ts';

export const commitMessage = defineCommand({
  name: 'commit message',
  family: 'talk',
  summary: 'Has a model write a message for what is staged; nothing is committed',
  examples: ['commit message', 'commit message --all'],
  kind: 'look',
  needs: ['git', 'model'],
  limits: TALK_LIMITS,
  args: {
    all: {
      kind: 'flag',
      type: 'text',
      summary: 'For all changes of files that git knows, staged or not',
    },
  },
  async run({ all }, context) {
    const written = await writeMessage(context, all ? 'all' : 'staged');
    if (!written.ok) return written;
    const { message, gathered, notes, end } = written.value;
    context.show({ kind: 'code', text: textOfMessage(message) });
    const slash = context.door === 'terminal' ? '/' : '';
    const next = all
      ? 'Stage what belongs together before you commit it: git add PATH'
      : `${slash}commit proposes to commit what is staged with it`;
    context.show({ kind: 'text', text: next, tone: 'dim' });
    const data: Json = {
      message: textOfMessage(message),
      subject: message.subject,
      body: message.body,
      files: gathered.changes.files.map(({ path }) => path),
      hidden: gathered.hidden,
      model: end.model,
      promptTokens: end.promptTokens,
      answerTokens: end.answerTokens,
      truncated: end.why !== 'stop',
      notes,
    };
    return ok({ kind: 'looked', data });
  },
});
