import type { Turn } from '../../src/core/types.ts';

export const aTurn = (more: Partial<Turn> = {}): Turn => ({
  command: 'ask',
  asked: 'where is it?',
  answer: 'There.',
  outcome: 'done',
  model: 'tiny',
  host: '127.0.0.1:11434',
  promptTokens: 100,
  answerTokens: 10,
  contextTokens: 8_192,
  roomTokens: 2_048,
  tookMs: 1_000,
  context: [],
  ...more,
});
