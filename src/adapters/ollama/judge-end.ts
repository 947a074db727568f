import { estimateTokens, leastTokens, textOf } from '../../core/models/estimate-tokens.ts';
import { readValue } from '../../core/models/read-value.ts';
import { failModel } from '../../core/models/trouble.ts';
import { ok } from '../../core/result.ts';
import type { ChatEnd, ChatRequest, ModelWindow, Result } from '../../core/types.ts';
import type { Said } from './read-chat.ts';

/** Whether what a model said is an answer to what it was asked. */
export function judgeEnd(
  said: Said,
  request: ChatRequest,
  given: { readonly window: ModelWindow; readonly host: string },
): Result<ChatEnd> {
  const lost = findLoss(said, request, given.window);
  if (lost) return lost;
  const why = whyOf(said, request);
  if (why === 'stop' && said.text.trim() === '' && said.calls.length === 0) {
    return nothingSaid(said, request);
  }
  const end: ChatEnd = {
    why,
    text: said.text,
    thinking: said.thinking,
    calls: said.calls,
    model: request.model,
    host: given.host,
    ...said.counts,
    contextTokens: given.window.tokens,
    isCached: false,
  };
  if (request.output.kind !== 'schema') return ok(end);
  const value = readValue(said.text, request.output.schema, why !== 'stop');
  return value.ok ? ok({ ...end, value: value.value }) : value;
}

/** The server breaks off where the window is full, one token before or behind. */
const SLACK_TOKENS = 8;

/** No text has more tokens than its estimate times this. */
const MOST_MISJUDGED = 2.5;

/** What an older server left out without a word; it shows in what it counted. */
function findLoss(said: Said, request: ChatRequest, { tokens }: ModelWindow) {
  const { promptTokens, answerTokens } = said.counts;
  const text = textOf(request.messages);
  // Templates may leave something out on purpose; a window does so only where it could be full.
  const couldBeFull = estimateTokens(text) * MOST_MISJUDGED > tokens;
  if (couldBeFull && promptTokens > 0 && promptTokens < leastTokens(text)) {
    return failModel(
      'window',
      `The server read only ${promptTokens} tokens of the request and left the rest out.`,
      {
        hint: 'Ask for less at once, give the model a larger window, or update Ollama.',
        data: { promptTokens, contextTokens: tokens },
      },
    );
  }
  if (promptTokens + answerTokens <= tokens + SLACK_TOKENS) return null;
  return failModel('window', 'The answer outgrew the window, and its beginning was forgotten.', {
    hint: 'Ask for a shorter answer, give the model a larger window, or update Ollama.',
    data: { promptTokens, answerTokens, contextTokens: tokens },
  });
}

function whyOf(said: Said, request: ChatRequest): ChatEnd['why'] {
  if (said.reason !== 'length') return 'stop';
  const { maxTokens } = request;
  return maxTokens !== undefined && said.counts.answerTokens >= maxTokens ? 'length' : 'window';
}

function nothingSaid(said: Said, request: ChatRequest) {
  const { answerTokens } = said.counts;
  if (request.output.kind === 'tools' && answerTokens > 1) {
    return failModel('tool-call', 'The model began a call and did not end it.', {
      hint: 'Ask again without tools.',
      data: { answerTokens },
    });
  }
  const what = said.thinking === '' ? 'said nothing' : 'thought, and said nothing';
  return failModel('empty', `The model ${what}.`, {
    hint: 'Ask in other words, or use another model.',
    data: { answerTokens },
  });
}
