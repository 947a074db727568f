/** How a window is divided between what is asked and what is answered. */
export type Shares = { readonly promptTokens: number; readonly answerTokens: number };

const LEAST_ANSWER = 256;
const MOST_ANSWER = 2_048;
/** Thinking takes several times what an answer does. */
const MOST_THOUGHT = 6_144;

/**
 * A quarter for the answer, half where the model thinks first. Tokens are estimated, so a part of
 * what is left stays free: what does not fit would be refused by the server.
 */
export function shareWindow(contextTokens: number, isThinking = false): Shares {
  const wanted = isThinking ? contextTokens / 2 : contextTokens / 4;
  const most = isThinking ? MOST_THOUGHT : MOST_ANSWER;
  const answerTokens = Math.floor(
    Math.min(Math.max(wanted, LEAST_ANSWER), most, contextTokens / 2),
  );
  const left = contextTokens - answerTokens;
  return { answerTokens, promptTokens: Math.floor(left * SURE) };
}

const SURE = 0.92;
