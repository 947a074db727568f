import { followPiece } from '../../core/models/follow-piece.ts';
import { fail } from '../../core/result.ts';
import type { ChatEnd, ChatMessage, ChatOutput, ModelActivity, Result } from '../../core/types.ts';
import type { Author } from './open-author.ts';

/** Asks once, and says all the while what the model is doing. */
export async function askModel(
  {
    context,
    model,
    windowTokens,
    ends,
  }: Pick<Author, 'context' | 'model' | 'windowTokens' | 'ends'>,
  messages: readonly ChatMessage[],
  output: ChatOutput,
  maxTokens: number,
): Promise<Result<ChatEnd>> {
  const { readers, talking, signal } = context;
  let now: ModelActivity = {
    model,
    phase: 'loading',
    text: '',
    promptTokens: 0,
    answerTokens: 0,
    contextTokens: windowTokens,
  };
  const request = { model, messages, output, thinking: false, temperature: 0, maxTokens } as const;
  try {
    for await (const piece of readers.talker.chat(request, signal)) {
      if (piece.kind === 'end') {
        ends.push(piece.result);
        return piece.result;
      }
      const next = followPiece(now, piece);
      // A form is filled in for TinyCode, not for a person to read.
      now = output.kind === 'schema' ? { ...next, text: '' } : next;
      talking(now);
    }
    return fail('failed', 'The talk with the model ended without an end.');
  } finally {
    talking(null);
  }
}
