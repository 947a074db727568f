import { createAnswerStore } from '../../src/adapters/sqlite/answer-store.ts';
import { chatEnd } from './chat-end.ts';

const store = createAnswerStore({
  path: process.argv[2] as string,
  clock: { now: () => new Date() },
});

/** Writes forty answers over and over, and says each time that it has. */
function writeOn(at: number): void {
  store.write(String(at), chatEnd(`${at} `.repeat(500)));
  process.stdout.write(`${at}\n`);
  setTimeout(writeOn, 1, (at + 1) % 40);
}
writeOn(0);
