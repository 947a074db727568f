import { createMarkdownSplitter } from '../../core/display/markdown/split-markdown.ts';
import { foldRepetition } from '../../core/models/fold-repetition.ts';
import { fail } from '../../core/result.ts';
import type { ChatEnd, ChatRequest, ModelActivity, Result } from '../../core/types.ts';
import type { CommandContext } from '../command.ts';

export type Heard = {
  readonly result: Result<ChatEnd>;
  /** All that was written, also where it failed. */
  readonly text: string;
};

/** Asks once and shows what is written: whole blocks for good, what is not ended as it grows. */
export async function hearAnswer(
  context: CommandContext,
  request: ChatRequest,
  contextTokens: number,
  /** Of the request before it in the same talk. */
  promptTokens = 0,
): Promise<Heard> {
  const splitter = createMarkdownSplitter();
  let text = '';
  let activity: ModelActivity = {
    model: request.model,
    phase: 'reading',
    text: '',
    promptTokens,
    answerTokens: 0,
    contextTokens,
  };
  const tell = (change: Partial<ModelActivity>): void => {
    activity = { ...activity, ...change };
    context.talking(activity);
  };
  const show = (blocks: readonly string[]): void => {
    for (const block of blocks) context.show({ kind: 'markdown', text: block });
  };
  tell({});
  for await (const piece of context.readers.talker.chat(request, context.signal)) {
    switch (piece.kind) {
      case 'loading':
        tell({ phase: 'loading', sizeBytes: piece.sizeBytes });
        break;
      case 'reading':
        tell({ phase: 'reading', promptTokens: piece.estimatedTokens });
        break;
      case 'thinking':
        tell({ phase: 'thinking', answerTokens: activity.answerTokens + 1 });
        break;
      case 'text': {
        text += piece.text;
        const ended = splitter.push(piece.text);
        const answerTokens = activity.answerTokens + 1;
        // What stands above for good must not stand below as well, not for a moment.
        if (ended.length > 0) tell({ text: '' });
        show(ended);
        tell({ phase: 'writing', text: splitter.rest(), answerTokens });
        break;
      }
      case 'call':
        break;
      case 'end':
        tell({ text: '' });
        show(splitter.end().map((block) => folded(block, piece.result)));
        context.talking(null);
        return { result: piece.result, text: folded(text, piece.result) };
      default:
        piece satisfies never;
    }
  }
  return { result: fail('cancelled', 'The answer was not waited for.'), text };
}

const folded = (text: string, result: Result<ChatEnd>): string =>
  result.ok ? text : foldRepetition(text, result.error);
