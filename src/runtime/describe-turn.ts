import type { JsonObject, Turn } from '../core/types.ts';

const MAX_ASKED = 500;
const MAX_GIVEN = 40;

/** An exchange with a model as the log tells it: what was asked of whom, never the prompt itself. */
export const describeTurn = (turn: Turn): JsonObject => ({
  command: turn.command,
  asked: turn.asked.slice(0, MAX_ASKED),
  model: turn.model,
  host: turn.host,
  outcome: turn.outcome,
  ...(turn.trouble === undefined ? {} : { trouble: turn.trouble }),
  prompt: turn.promptTokens,
  answered: turn.answerTokens,
  window: turn.contextTokens,
  tookMs: turn.tookMs,
  given: turn.context
    .filter(({ kind, fate, source }) => kind !== 'look' && fate !== 'left-out' && source)
    .slice(0, MAX_GIVEN)
    .map(({ label }) => label),
  ...looksIn(turn),
});

/** Which looks the model asked for, in its order; never what they showed. */
function looksIn({ context }: Turn): JsonObject {
  const looks = context.filter(({ kind }) => kind === 'look').map(({ label }) => label);
  return looks.length === 0 ? {} : { looked: looks.slice(0, MAX_GIVEN) };
}
