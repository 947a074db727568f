import { createHash } from 'node:crypto';
import type { WireRequest } from '../../core/models/exchange.ts';
import type { ChatEnd, ChatRequest, Json } from '../../core/types.ts';
import type { AnswerStore } from '../../ports.ts';

const MAX_ANSWERS = 64;
const MAX_CHARS = 4 * 1024 * 1024;

/** Answers in memory; the one that was not asked for the longest goes first. */
export function createAnswerCache(maxAnswers = MAX_ANSWERS, maxChars = MAX_CHARS): AnswerStore {
  const kept = new Map<string, ChatEnd>();
  let chars = 0;
  const drop = (key: string): void => {
    const end = kept.get(key);
    if (end === undefined) return;
    chars -= sizeOf(end);
    kept.delete(key);
  };
  return {
    read(key) {
      const end = kept.get(key);
      if (end === undefined) return undefined;
      kept.delete(key);
      kept.set(key, end);
      return end;
    },
    write(key, end) {
      drop(key);
      if (sizeOf(end) > maxChars) return;
      kept.set(key, end);
      chars += sizeOf(end);
      for (const oldest of kept.keys()) {
        if (kept.size <= maxAnswers && chars <= maxChars) break;
        drop(oldest);
      }
    },
  };
}

const sizeOf = (end: ChatEnd): number =>
  end.text.length + end.thinking.length + JSON.stringify(end.calls).length;

/** Chance has no part in the answer. */
export const isDeterministic = (request: ChatRequest): boolean =>
  request.temperature === 0 || request.seed !== undefined;

/** Everything that an answer depends on: the model by what it is, not by its name. */
export function answerKey(
  request: WireRequest,
  digest: string,
  output: ChatRequest['output'],
): string {
  const { model: _, keep_alive: __, ...rest } = request.body ?? {};
  // Calls in the text are read only where tools are known, which are not sent then.
  const reads: Json = output.kind === 'tools' ? output.tools.map(({ name }) => name) : [];
  return createHash('sha256')
    .update(JSON.stringify([digest, rest, reads]))
    .digest('hex');
}
