import { Worker } from 'node:worker_threads';
import { fail, ok } from '../../core/result.ts';
import type { Result } from '../../core/types.ts';
import { cancelled } from './list-files.ts';

export type Replaced = { readonly text: string; readonly count: number };

/** Replaces in one text after the other; ends with `close`. */
export type RegexWorker = {
  replace(text: string): Promise<Result<Replaced>>;
  close(): void;
};

const MAX_REGEX_MS = 2_000;
const MAX_RESULT = 8 * 1024 * 1024;

/**
 * Nothing tells in general how long a pattern takes, and nothing interrupts it from inside. So it
 * runs in a thread of its own, which is ended when the time is up.
 */
export function createRegexWorker(
  pattern: { readonly source: string; readonly flags: string },
  replacement: string,
  signal: AbortSignal,
): RegexWorker {
  const worker = new Worker(PROGRAM, {
    eval: true,
    workerData: { ...pattern, replacement, maxResult: MAX_RESULT },
    resourceLimits: { maxOldGenerationSizeMb: 256 },
    env: {},
    stdin: false,
  });
  // Without a listener an error of the thread would end the program.
  worker.on('error', () => undefined);
  worker.unref();
  return {
    replace: (text) =>
      new Promise((resolve) => {
        const end = (result: Result<Replaced>) => {
          clearTimeout(timer);
          signal.removeEventListener('abort', onAbort);
          worker.off('message', onMessage);
          worker.off('error', onError);
          if (!result.ok) void worker.terminate();
          resolve(result);
        };
        const onAbort = () => end(cancelled());
        const onError = () => end(tooMuch());
        const onMessage = (answer: Replaced | null) =>
          end(answer === null ? tooMuch() : ok(answer));
        const timer = setTimeout(() => end(tooSlow()), MAX_REGEX_MS);
        if (signal.aborted) return onAbort();
        signal.addEventListener('abort', onAbort);
        worker.on('message', onMessage);
        worker.on('error', onError);
        worker.postMessage(text);
      }),
    close: () => void worker.terminate(),
  };
}

const tooSlow = () =>
  fail('timeout', `The pattern takes more than ${MAX_REGEX_MS / 1000} seconds.`, {
    hint: 'Make it simpler: a repetition inside of a repetition, as in (a+)+, is the usual cause.',
  });

const tooMuch = () =>
  fail('limit', 'What the pattern makes of a file is too big.', {
    hint: 'Look whether it matches the empty text.',
  });

/** Adds up first what would come of it, so that no text grows beyond the limit. */
const PROGRAM = `
const { parentPort, workerData } = require('node:worker_threads');
const { source, flags, replacement, maxResult } = workerData;
const pattern = new RegExp(source, flags);
const references = (replacement.match(/\\$/g) ?? []).length;
const edges = (replacement.match(/\\$[\`']/g) ?? []).length;
parentPort.on('message', (text) => {
  let count = 0;
  let matched = 0;
  for (const match of text.matchAll(pattern)) {
    count += 1;
    matched += match[0].length;
    if (count * replacement.length > maxResult) break;
  }
  const most = count * (replacement.length + edges * text.length) + references * matched;
  if (count === 0) parentPort.postMessage({ text: '', count });
  else if (most > maxResult) parentPort.postMessage(null);
  else parentPort.postMessage({ text: text.replace(pattern, replacement), count });
});
`;
