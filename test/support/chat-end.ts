import type { ChatEnd } from '../../src/core/types.ts';

/** An answer that ended well, of which only some members matter. */
export const chatEnd = (text: string, more: Partial<ChatEnd> = {}): ChatEnd => ({
  why: 'stop',
  text,
  thinking: '',
  calls: [],
  model: 'm',
  host: 'h',
  promptTokens: 1,
  answerTokens: 1,
  contextTokens: 1,
  loadMs: 0,
  promptMs: 0,
  answerMs: 0,
  totalMs: 0,
  isCached: false,
  ...more,
});
