import { createAnswerStore } from '../../src/adapters/sqlite/answer-store.ts';

const store = createAnswerStore({
  path: process.argv[2] as string,
  clock: { now: () => new Date() },
});

/** Writes forty answers over and over, and says each time that it has. */
function writeOn(at: number): void {
  store.write(String(at), {
    why: 'stop',
    text: `${at} `.repeat(500),
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
  });
  process.stdout.write(`${at}\n`);
  setTimeout(writeOn, 1, (at + 1) % 40);
}
writeOn(0);
