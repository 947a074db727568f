import { fail } from '../../core/result.ts';
import type {
  ChatEnd,
  ChatMessage,
  ChatOutput,
  ChatPiece,
  ModelActivity,
  Result,
} from '../../core/types.ts';
import type { Author } from './open-author.ts';

/** What stands on the screen of an answer that is being written. */
const SHOWN_CHARACTERS = 4000;

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
        if (piece.result.ok) ends.push(piece.result.value);
        return piece.result;
      }
      const next = follow(now, piece);
      // A form is filled in for TinyCode, not for a person to read.
      now = output.kind === 'schema' ? { ...next, text: '' } : next;
      talking(now);
    }
    return fail('failed', 'The talk with the model ended without an end.');
  } finally {
    talking(null);
  }
}

function follow(now: ModelActivity, piece: Exclude<ChatPiece, { kind: 'end' }>): ModelActivity {
  switch (piece.kind) {
    case 'loading':
      return { ...now, phase: 'loading', sizeBytes: piece.sizeBytes };
    case 'reading':
      return { ...now, phase: 'reading', promptTokens: piece.estimatedTokens };
    case 'thinking':
      return { ...now, phase: 'thinking', answerTokens: now.answerTokens + 1 };
    case 'text': {
      const text = (now.text + piece.text).slice(-SHOWN_CHARACTERS);
      return { ...now, phase: 'writing', text, answerTokens: now.answerTokens + 1 };
    }
    case 'call':
      return now;
    default:
      return piece satisfies never;
  }
}
