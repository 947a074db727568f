import type { ChatMessage } from '../types.ts';

/** About how many tokens a text has, where nothing was learned of the model yet. */
export function estimateTokens(text: string): number {
  let tokens = 0;
  for (const [piece] of text.matchAll(PIECES)) {
    if (/^[A-Za-z]/.test(piece)) tokens += Math.ceil(piece.length / 7);
    else if (/^[0-9]/.test(piece)) tokens += Math.ceil(piece.length / 3);
    else if (/^\s/.test(piece)) tokens += piece.length > 1 || piece !== ' ' ? 1 : 0;
    else tokens += [...piece].length * 0.8;
  }
  return Math.ceil(tokens);
}

const PIECES = /[A-Za-z]+|[0-9]+|\s+|[^A-Za-z0-9\s]+/g;

/**
 * A number of tokens that tokenizers do not stay below: hardly any token reaches over two words. A
 * server that counted fewer did not read all of the prompt.
 */
export function leastTokens(text: string): number {
  let words = 0;
  for (const _ of text.matchAll(/[A-Za-z]+/g)) words += 1;
  return Math.floor(words * 0.85);
}

/** All of a talk that the model reads, as one text. */
export const textOf = (messages: readonly ChatMessage[]): string =>
  messages
    .map((message) =>
      message.role === 'assistant'
        ? `${message.text}\n${(message.calls ?? []).map((call) => `${call.tool} ${JSON.stringify(call.values)}`).join('\n')}`
        : message.text,
    )
    .join('\n');

/** How a model's own count differs from the estimate: real over estimated. */
export type Gauge = number;
export const FRESH_GAUGE: Gauge = 1;

/** Each count moves the gauge a third of the way. A short prompt is mostly template: it says little. */
export function learn(gauge: Gauge, estimated: number, counted: number): Gauge {
  if (estimated < LEAST_LEARNT || counted === 0) return gauge;
  const seen = Math.min(MOST, Math.max(LEAST, counted / estimated));
  return gauge === FRESH_GAUGE ? seen : gauge + (seen - gauge) / 3;
}

const LEAST_LEARNT = 200;
const LEAST = 0.5;
const MOST = 2.5;
