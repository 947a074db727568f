import type { ChatPiece, ModelActivity } from '../types.ts';

/** What stands on the screen of an answer that is being written. */
const SHOWN_CHARACTERS = 4000;

/** What a model is doing once this piece has come. */
export function followPiece(
  now: ModelActivity,
  piece: Exclude<ChatPiece, { kind: 'end' }>,
): ModelActivity {
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
