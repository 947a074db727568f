import type { Exchange, WireRequest } from '../../core/models/exchange.ts';
import type { ChatEnd, Json } from '../../core/types.ts';

const NANOSECONDS = 1_000_000;

/** An answer that was known already, as a server would say it in one piece. */
export function exchangeOf(request: WireRequest, end: ChatEnd, host: string): Exchange {
  const calls = end.calls.map(({ id, tool, values }) => ({
    ...(id === undefined ? {} : { id }),
    function: { name: tool, arguments: values },
  }));
  const message = {
    role: 'assistant',
    content: end.text,
    ...(end.thinking === '' ? {} : { thinking: end.thinking }),
    ...(calls.length === 0 ? {} : { tool_calls: calls }),
  };
  const last = {
    message: { role: 'assistant', content: '' },
    done: true,
    done_reason: end.why === 'stop' ? 'stop' : 'length',
    total_duration: end.totalMs * NANOSECONDS,
    load_duration: end.loadMs * NANOSECONDS,
    prompt_eval_count: end.promptTokens,
    prompt_eval_duration: end.promptMs * NANOSECONDS,
    eval_count: end.answerTokens,
    eval_duration: end.answerMs * NANOSECONDS,
  };
  const lines = [{ message, done: false }, last].map((line: Json) => ({
    afterMs: 0,
    text: JSON.stringify(line),
  }));
  return { request, reply: { status: 200, lines, end: 'complete' }, host };
}
