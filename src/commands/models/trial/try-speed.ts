import { fillLines } from '../../../core/trial/needle.ts';
import type { Speed } from '../../../core/trial/trials.ts';
import type { Failure, Result } from '../../../core/types.ts';
import type { Bench, Talker } from './open-bench.ts';

const PROMPT_TOKENS = 600;
const ANSWER_TOKENS = 96;
/** Fewer say nothing of how fast it writes. */
const LEAST_ANSWER_TOKENS = 12;

const UNKNOWN: Speed = { readTokensPerSecond: null, writeTokensPerSecond: null, loadMs: null };

/** The first request: what the model is too slow for, nothing else need be tried with it. */
export async function trySpeed(
  bench: Bench,
  talker: Talker,
  until: number,
): Promise<Result<Speed | 'no-time'>> {
  const lines = fillLines(bench.context.now().toISOString(), PROMPT_TOKENS, (line) =>
    bench.estimate(line, 'prose'),
  );
  const text = `${lines.join('\n')}\n\nDescribe these shelves in four sentences.`;
  const answer = await bench.ask(talker, {
    messages: [{ role: 'user', text }],
    output: { kind: 'text' },
    text: 'prose',
    maxTokens: ANSWER_TOKENS,
    expectedTokens: ANSWER_TOKENS,
    until,
  });
  switch (answer.kind) {
    case 'failed':
      return failed(answer.error);
    case 'no-time':
      return { ok: true, value: 'no-time' };
    case 'wrong':
      return { ok: true, value: UNKNOWN };
    case 'answered': {
      const { promptTokens, promptMs, answerTokens, answerMs } = answer.end;
      return {
        ok: true,
        value: {
          readTokensPerSecond: perSecond(promptTokens, promptMs),
          writeTokensPerSecond:
            answerTokens >= LEAST_ANSWER_TOKENS ? perSecond(answerTokens, answerMs) : null,
          loadMs: answer.loadMs,
        },
      };
    }
    default:
      return answer satisfies never;
  }
}

const failed = (error: Failure) => ({ ok: false, error }) as const;

const perSecond = (tokens: number, ms: number): number | null =>
  tokens > 0 && ms > 0 ? Math.round((tokens * 10_000) / ms) / 10 : null;
